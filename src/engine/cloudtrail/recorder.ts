import { uuid, type Randomness } from '../clock/randomness.ts';
import { awsOwnedAccountId } from '../service/aws-owned-account.ts';
import type { FiledRecord, FinishedCall, Recorder } from '../service/recorder.ts';
import { table } from '../vault/vault.ts';
import { callRecord, serviceEventRecord } from './record.ts';
import type { CloudTrailRecord } from './types.ts';
import { foreignIdentity } from './user-identity.ts';

/** All records, newest first within `account/Region/`. */
export const trail = table<CloudTrailRecord>('cloudtrail.records');

/** Larger than any time in milliseconds, so that subtracting from it turns the order round. */
const endOfTime = 9_999_999_999_999;
/** No cloud comes to so many records. */
const sequenceEnd = 999_999_999_999;

/**
 * CloudTrail: writes one record for each authenticated request and each thing that KMS does by itself, in
 * CloudTrail's own format. A call that has used another account's key is in that account's trail, too.
 * @param recordsKept how many there are already, from before the cloud was opened
 */
export function recorder(randomness: Randomness, recordsKept: () => number = () => 0): Recorder {
  let sequence: number | undefined;

  function file(record: CloudTrailRecord, time: number): FiledRecord {
    // Several records may share a millisecond, and on a clock that stands still all of them do.
    sequence = (sequence ?? recordsKept()) + 1;
    const order = `${newestFirst(time, endOfTime)}-${newestFirst(sequence, sequenceEnd)}`;
    return { key: `${record.recipientAccountId}/${record.awsRegion}/${order}`, record };
  }

  return {
    table: trail,

    record(finished) {
      const { time, caller } = finished.call;
      const [recipientAccountId, ...others] = recipients(finished);
      const own = callRecord(finished, { eventID: uuid(randomness), recipientAccountId });
      if (others.length > 0) own.sharedEventID = uuid(randomness);
      return {
        own: file(own, time),
        elsewhere: others.map((accountId) => {
          const identity = foreignIdentity(caller);
          const copy = { ...own, eventID: uuid(randomness), recipientAccountId: accountId };
          return file({ ...copy, userIdentity: identity }, time);
        }),
      };
    },

    recordServiceEvent(transaction, event) {
      const { key, record } = file(serviceEventRecord(event, uuid(randomness)), event.time);
      transaction.put(trail, key, record);
    },
  };
}

/**
 * The accounts that hear of a call: the caller's, and those whose keys it has used. Who was turned away is told
 * to nobody else. A service has no account; what it does is told to those that it does it for, except with keys of
 * AWS's own.
 */
function recipients({ call, error }: FinishedCall): [string, ...string[]] {
  const { principal, accessKey } = call.caller;
  const isTurnedAway = error?.name === 'AccessDeniedException' || error?.name === 'NotFoundException';
  const used = (call.audit.resources ?? []).map(({ accountId }) => accountId);
  if (
    principal.type === 'Service' &&
    used.length > 0 &&
    used.every((account) => account === awsOwnedAccountId)
  ) {
    return [awsOwnedAccountId];
  }
  const owners = isTurnedAway ? [] : used;
  const callers = principal.type === 'Service' ? accessKey.sourceAccount : principal.accountId;
  const [first = '', ...others] = new Set(callers === undefined ? owners : [callers, ...owners]);
  return [first, ...others];
}

/** When it happened that a record in `trail` tells of, to the millisecond, by the record's key. */
export function timeOfRecord(key: string): number {
  const [time = ''] = (key.split('/')[2] ?? '').split('-');
  return endOfTime - Number(time);
}

function newestFirst(value: number, end: number): string {
  return String(end - value).padStart(String(end).length, '0');
}
