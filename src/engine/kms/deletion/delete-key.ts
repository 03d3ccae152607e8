import type { Work } from '../../service/service.ts';
import { deleteFromStore } from '../custom-key-stores/deletion.ts';
import { removeGrantsOf } from '../grants/store.ts';
import { forgetUsage } from '../last-usage.ts';
import { withdrawExpiry } from '../import/expiry.ts';
import { leaveFamily } from '../multi-region/leave-family.ts';
import type { Rooms } from '../operation.ts';
import { aliasNamesOf, arnOfKey, keys, recordKey, removeAlias, type KeyRecord } from '../records.ts';
import { withdrawRotation } from '../rotation/schedule.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { shredTokens } from '../tokens.ts';

/** Deletes a key whose waiting period is over, unless its deletion was cancelled. */
export const deleteWhenDue: DueHandler = async (work, { subject, time }, rooms) => {
  const key = work.transaction.get(keys, subject);
  if (key?.deletion?.date === time) await deleteKey(work, key, rooms);
};

/** The end of a key, and of all that KMS holds of it: what it has encrypted is lost. */
async function deleteKey(work: Work, key: KeyRecord, rooms: Rooms): Promise<void> {
  const { transaction } = work;
  const additionalEventData = await deleteFromStore(work, key, rooms);
  shredTokens(work, key);
  for (const name of aliasNamesOf(transaction, key)) removeAlias(transaction, { ...key, name });
  removeGrantsOf(work, key);
  forgetUsage(work, key);
  withdrawRotation(work, key);
  for (const material of key.materials) withdrawExpiry(work, key, material);
  transaction.delete(keys, recordKey(key));
  leaveFamily(work, key);
  rooms.recordServiceEvent(transaction, {
    name: 'DeleteKey',
    time: work.time,
    accountId: key.accountId,
    region: key.region,
    keyArns: [arnOfKey(key)],
    ...(additionalEventData && { additionalEventData }),
  });
}
