import { leaves, type Anatomy } from '../anatomy/parts.ts';

/**
 * Which bytes to try when all would be too many: some of every part, spread evenly over it, long parts giving way
 * first. In order; at most `most`, but for one byte a part.
 */
export function sampleBytes(anatomy: Anatomy, most: number): number[] {
  const parts = leaves(anatomy);
  const share = fairShare(
    parts.map(({ length }) => length),
    most,
  );
  return parts.flatMap(({ offset, length }) => {
    const count = Math.min(length, share);
    return Array.from({ length: count }, (_, index) => offset + Math.floor((index * length) / count));
  });
}

/** The largest number of bytes that every part may give without `most` being exceeded; at least 1. */
function fairShare(lengths: readonly number[], most: number): number {
  let share = 1;
  const taken = (each: number) => lengths.reduce((sum, length) => sum + Math.min(length, each), 0);
  const longest = Math.max(1, ...lengths);
  while (share < longest && taken(share + 1) <= most) share += 1;
  return share;
}
