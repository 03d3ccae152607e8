import { about, integer, required } from '../../declaration/members.ts';
import { Timestamp } from '../../declaration/output.ts';
import { waitingForReplicas, withWaitingPeriod } from '../deletion/waiting-period.ts';
import { validationError } from '../errors.ts';
import { unusedKeys } from '../last-usage.ts';
import { keyId } from '../members.ts';
import { auditedTime } from '../new-key.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey, storeKey, type KeyRecord } from '../records.ts';

/**
 * ScheduleKeyDeletion: begins the waiting period of 7 to 30 days, at the end of which key and material are gone for
 * ever. AWS: KMS API Reference, ScheduleKeyDeletion.
 */
export const ScheduleKeyDeletion = operation('ScheduleKeyDeletion', {
  summary:
    'Schedules a key to be deleted after a waiting period of 7 to 30 days; what is encrypted under it is then lost.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    // The shape takes more than the service does.
    PendingWindowInDays: about(
      'The waiting period in days, 7 to 30; 30 where nothing is said.',
      integer({ min: 1, max: 365 }),
    ),
  },
  check: ({ PendingWindowInDays: days = 30 }) => {
    if (days < 7 || days > 30) throw validationError('PendingWindowInDays must be between 7 and 30.');
  },
  keys: { key: { ...managedKey('kms:ScheduleKeyDeletion'), conditions: unusedKeys } },
  differs: ['A key is deleted on the minute; AWS may take up to 24 hours more.'],
  run({ input: { PendingWindowInDays: days = 30 }, keys: { key }, call }) {
    const leaving = hasReplicas(key) ? waitingForReplicas(key, days) : withWaitingPeriod(call, key, days);
    storeKey(call.transaction, leaving);
    const date = leaving.deletion?.date;
    call.audit.responseElements = {
      keyId: arnOfKey(key),
      keyState: leaving.state,
      ...(date === undefined ? { pendingWindowInDays: days } : { deletionDate: auditedTime(date) }),
    };
    return {
      KeyId: arnOfKey(key),
      DeletionDate: date === undefined ? undefined : new Timestamp(date),
      KeyState: leaving.state,
      PendingWindowInDays: days,
    };
  },
});

function hasReplicas({ multiRegion }: KeyRecord): boolean {
  return multiRegion?.type === 'PRIMARY' && multiRegion.replicaRegions.length > 0;
}
