/**
 * An illustration, and not AWS's own sum, which is not public: how likely it is that all copies of one sealed key
 * are gone before a repair comes. Copies fail each by itself, at the same rate, and one is mended at a time, so with
 * three the yearly rate is 3λ · 2λ/µ · λ/µ (the usual Markov chain of a replicated store, for λ much less than µ).
 */
export interface Circumstances {
  /** How many copies there are. */
  copies: number;
  /** Chance that a given copy is lost within a year, from 0 to 1. */
  yearlyLoss: number;
  /** How long it takes until a lost copy is made anew, in hours. */
  repairHours: number;
}

const hoursOfYear = 365.25 * 24;

/** Chance that the sealed key is lost within a year, from 0 to 1. */
export function yearlyLossOfAll({ copies, yearlyLoss, repairHours }: Circumstances): number {
  if (copies === 0) return 1;
  const repairYears = repairHours / hoursOfYear;
  let rate = yearlyLoss * copies;
  for (let left = copies - 1; left > 0; left--) rate *= left * yearlyLoss * repairYears;
  return Math.min(1, rate);
}

/** How many nines a durability begins with: 0.999 has 3. */
export const ninesOf = (loss: number): number =>
  loss <= 0 ? Infinity : Math.max(0, Math.floor(-Math.log10(loss) + 1e-9));

/** Durability in per cent, with as many digits as it has nines and one more: `99.999999996 %`. */
export function inPercent(loss: number): string {
  const digits = Math.min(16, Math.max(0, ninesOf(loss) - 1));
  return `${((1 - loss) * 100).toFixed(digits)} %`;
}
