/** One thing to be measured. */
export interface Candidate {
  /** Work that must be ready before the clock starts, for `calls` calls. */
  prepare?: (calls: number) => Promise<void> | void;
  /** One call. */
  call: () => Promise<unknown>;
}

export interface Comparison {
  name: string;
  /** Median time of one call, in microseconds. */
  subject: number;
  baseline: number;
  /** Median over the rounds of subject time ÷ baseline time, with its first and third quartile. */
  ratio: number;
  spread: [number, number];
  rounds: number;
  calls: number;
}

/**
 * Times two candidates in turns, round by round, so that whatever slows the machine slows both. Each round
 * gives one ratio; reported is their median. Rounds before the first that counts warm up the compiler.
 */
export async function compare(
  name: string,
  candidates: { subject: Candidate; baseline: Candidate },
  { rounds = 31, calls = 200, warmUp = 5 } = {},
): Promise<Comparison> {
  const subject: number[] = [];
  const baseline: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    // Whoever goes first may find the caches colder: take turns in that, too.
    const order = round % 2 === 0 ? (['subject', 'baseline'] as const) : (['baseline', 'subject'] as const);
    for (const which of order) {
      const time = await timeOf(candidates[which], calls);
      if (round >= 0) (which === 'subject' ? subject : baseline).push(time);
    }
  }
  const ratios = subject.map((time, round) => time / baseline[round]!);
  return {
    name,
    subject: quantile(subject, 0.5),
    baseline: quantile(baseline, 0.5),
    ratio: quantile(ratios, 0.5),
    spread: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    rounds,
    calls,
  };
}

/** Microseconds of one call, as the mean of `calls` calls one after the other. */
async function timeOf({ prepare, call }: Candidate, calls: number): Promise<number> {
  await prepare?.(calls);
  const start = performance.now();
  for (let count = 0; count < calls; count++) await call();
  return ((performance.now() - start) * 1000) / calls;
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)]!;
  const above = sorted[Math.ceil(position)]!;
  return below + (above - below) * (position - Math.floor(position));
}
