import type { CloudTrailRecord } from '$engine/cloudtrail/types.ts';
import { recordOf, type LookupEventsInput, type LookupEventsOutput } from '$lib/cloud/cloudtrail.ts';

/** Records as far as they have been read, newest first. */
export interface Read {
  records: readonly CloudTrailRecord[];
  /** Where older ones begin; `undefined` when there are none. */
  next: string | undefined;
}

/** A page is read on until so many of its records fit, or so many requests have been made. */
const enough = 15;
const mostRequests = 4;

/**
 * Reads a page of records that is worth a look: what the console asks to show its pages can fill whole pages of
 * CloudTrail's, which are then read past.
 */
export async function readRecords(
  lookup: (input: LookupEventsInput) => Promise<LookupEventsOutput>,
  input: LookupEventsInput,
  fits: (record: CloudTrailRecord) => boolean,
  from?: string,
): Promise<Read> {
  const records: CloudTrailRecord[] = [];
  let next = from;
  for (let request = 0; request < mostRequests; request++) {
    const page = await lookup({ ...input, ...(next !== undefined && { NextToken: next }) });
    records.push(...page.Events.map(recordOf));
    next = page.NextToken;
    if (next === undefined || records.filter(fits).length >= enough) break;
  }
  return { records, next };
}
