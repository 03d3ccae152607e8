/** Names a bucket; `rate` is how many tokens a second bring, and how many it holds. */
export interface Wanted {
  name: string;
  rate: number;
}

interface Bucket {
  /** Requests that it still lets through. */
  tokens: number;
  /** When it was last looked at; milliseconds since the Unix epoch. */
  time: number;
  /** Tokens a second. */
  rate: number;
}

export interface Buckets {
  /**
   * Takes a token out of each, at `time` in milliseconds since the Unix epoch; `false` where one is empty, and nothing
   * is taken.
   */
  draw(wanted: readonly Wanted[], time: number): boolean;
  /** How many are kept. */
  readonly size: number;
}

/**
 * Token buckets by name, full at first. Only those that are not full need to be remembered: whenever there have come to be twice as many
 * as the last time, and at least `spare`, the others are forgotten.
 */
export function openBuckets(spare = 1000): Buckets {
  const buckets = new Map<string, Bucket>();
  let bound = spare;

  function forgetFull(time: number): void {
    for (const [name, bucket] of buckets) {
      if (filled(bucket, bucket.rate, time).tokens === capacity(bucket.rate)) buckets.delete(name);
    }
    bound = Math.max(spare, 2 * buckets.size);
  }

  return {
    draw(wanted, time) {
      const drawn = wanted.map(({ name, rate }) => {
        const bucket = filled(buckets.get(name), rate, time);
        buckets.set(name, bucket);
        return bucket;
      });
      const suffices = drawn.every(({ tokens }) => tokens >= 1);
      if (suffices) for (const bucket of drawn) bucket.tokens -= 1;
      if (buckets.size >= bound) forgetFull(time);
      return suffices;
    },
    get size() {
      return buckets.size;
    },
  };
}

function filled(bucket: Bucket | undefined, rate: number, time: number): Bucket {
  const most = capacity(rate);
  // A cloud that was founded anew may live in an earlier time.
  if (!bucket || bucket.time > time) return { tokens: most, time, rate };
  return { tokens: Math.min(most, bucket.tokens + ((time - bucket.time) / 1000) * rate), time, rate };
}

/** A rate below one a second still lets a request through when it has saved up for it. */
function capacity(rate: number): number {
  return rate === 0 ? 0 : Math.max(1, rate);
}
