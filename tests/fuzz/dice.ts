/** Choices that follow from a seed, so that a run can be repeated. */
export interface Dice {
  /** A whole number from 0, below `end`. */
  below(end: number): number;
  /** True in so many of a hundred cases. */
  percent(share: number): boolean;
  oneOf<Value>(values: readonly Value[]): Value;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** mulberry32, by Tommy Ettinger (public domain): enough for dice, and no more. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const below = (end: number) => Math.floor((next() / 2 ** 32) * end);
  return {
    below,
    percent: (share) => below(100) < share,
    oneOf: (values) => values[below(values.length)]!,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
