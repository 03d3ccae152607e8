import type { Call } from '../../service/service.ts';
import { knownRegions } from '../regions.ts';
import { openBuckets } from './buckets.ts';
import type { Charge } from './charges.ts';
import { awsRate } from './request-rates.ts';

/** `true`: AWS's own rates. An object: these alone, in requests a second, by operation or shared quota. */
export type RequestLimits = boolean | Readonly<Record<string, number>>;

/** Takes a request out of every quota that it counts against; `true` where one is used up, and nothing is taken. */
export type Throttle = (call: Call, charges: readonly Charge[]) => boolean;

/**
 * The request quotas of all accounts in all Regions: a bucket each. Regions that AWS does not have share theirs, for
 * there is no end of names. `now` is the cloud's time; `limits` is asked at each request, since a cloud can be
 * founded anew.
 */
export function requestQuotas({
  now,
  limits,
}: {
  now: () => number;
  limits: () => RequestLimits | undefined;
}): Throttle {
  const buckets = openBuckets();
  const answered = recentAnswers();

  return (call, charges) => {
    const limited = limits() ?? false;
    const account = payerOf(call);
    if (limited === false || account === undefined) return false;
    return answered(call.requestId, () => {
      const region = knownRegions.has(call.region) ? call.region : 'elsewhere';
      const wanted = charges.flatMap(({ quota, of = '' }) => {
        const rate = limited === true ? awsRate(quota, call.region) : rateIn(limited, quota);
        return rate === undefined ? [] : [{ name: `${account}/${region}/${quota}/${of}`, rate }];
      });
      return !buckets.draw(wanted, now());
    });
  };
}

function rateIn(limits: Readonly<Record<string, number>>, quota: string): number | undefined {
  return Object.hasOwn(limits, quota) ? limits[quota] : undefined;
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
