import type { StoredToken } from '$engine/look/look.ts';

type Copy = StoredToken['copies'][number];

/** Positions of the bytes in which a copy differs from the first good one; none where there is nothing to compare. */
export function changedBytes(copy: Copy, copies: readonly Copy[]): number[] {
  const good = copies.find(({ state, sealed }) => state === 'good' && sealed)?.sealed;
  const { sealed } = copy;
  if (!good || !sealed) return [];
  return [...sealed.keys()].filter((position) => sealed[position] !== good[position]);
}
