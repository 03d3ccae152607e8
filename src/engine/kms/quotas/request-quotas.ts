import type { Call } from '../../service/service.ts';
import type { Charge } from './charges.ts';
import { awsRate } from './request-rates.ts';

/** `true`: AWS's own rates. An object: these alone, in requests a second, by operation or shared quota. */
export type RequestLimits = boolean | Readonly<Record<string, number>>;

/** Takes a request out of every quota that it counts against; `true` where one is used up, and nothing is taken. */
export type Throttle = (call: Call, charges: readonly Charge[]) => boolean;

interface Bucket {
  tokens: number;
  /** When it was last looked at; milliseconds since the Unix epoch. */
  time: number;
}

/**
 * The request quotas of all accounts in all Regions: a bucket each, which a second fills from empty to full. `now` is
 * the cloud's time; `limits` is asked at each request, since a cloud can be founded anew.
 */
export function requestQuotas({
  now,
  limits,
}: {
  now: () => number;
  limits: () => RequestLimits | undefined;
}): Throttle {
  const buckets = new Map<string, Bucket>();
  const answered = recentAnswers();

  return (call, charges) => {
    const limited = limits() ?? false;
    const account = payerOf(call);
    if (limited === false || account === undefined) return false;
    return answered(call.requestId, () => {
      const time = now();
      const drawn = charges.flatMap(({ quota, of = '' }) => {
        const rate = limited === true ? awsRate(quota, call.region) : rateIn(limited, quota);
        if (rate === undefined) return [];
        const name = `${account}/${call.region}/${quota}/${of}`;
        const bucket = filled(buckets.get(name), rate, time);
        buckets.set(name, bucket);
        return [bucket];
      });
      if (drawn.some(({ tokens }) => tokens < 1)) return true;
      for (const bucket of drawn) bucket.tokens -= 1;
      return false;
    });
  };
}

function rateIn(limits: Readonly<Record<string, number>>, quota: string): number | undefined {
  return Object.hasOwn(limits, quota) ? limits[quota] : undefined;
}

/** A rate below one a second still lets a request through when it has saved up for it. */
function filled(bucket: Bucket | undefined, rate: number, time: number): Bucket {
  const most = rate === 0 ? 0 : Math.max(1, rate);
  // A cloud that was founded anew may live in an earlier time.
  if (!bucket || bucket.time > time) return { tokens: most, time };
  return { tokens: Math.min(most, bucket.tokens + ((time - bucket.time) / 1000) * rate), time };
}

/**
 * Whom a request is charged to: the caller's account, also for another account's key. A service pays from the
 * account that it works for, if it says for which.
 */
function payerOf({ caller: { principal, accessKey } }: Call): string | undefined {
  return principal.type === 'Service' ? accessKey.sourceAccount : principal.accountId;
}

/** A request whose transaction has to run again is still one request. */
function recentAnswers(): (requestId: string, decide: () => boolean) => boolean {
  const kept = 1000;
  const answers = new Map<string, boolean>();
  return (requestId, decide) => {
    const known = answers.get(requestId);
    if (known !== undefined) return known;
    const answer = decide();
    answers.set(requestId, answer);
    if (answers.size > kept) answers.delete(answers.keys().next().value!);
    return answer;
  };
}
