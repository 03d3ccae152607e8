import type { Work } from '../../service/service.ts';
import { stateByMaterial } from '../import/materials.ts';
import { keys, recordKey, storeKey, type KeyRecord } from '../records.ts';
import { announceRotation, withdrawRotation } from '../rotation/schedule.ts';
import { schedule } from '../timeline/due.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { storePrimary } from './family.ts';

/** How long both keys are Updating here, in milliseconds. AWS says: a few seconds. */
const updateTime = 2000;

/** Makes a replica the primary key, and the primary key a replica. Both are Updating for a little while. */
export function exchangeRoles(work: Work, primary: KeyRecord, replica: KeyRecord): void {
  const { transaction, time } = work;
  const { multiRegion } = primary;
  if (!multiRegion) return;
  const replicaRegions = multiRegion.replicaRegions.filter((region) => region !== replica.region);
  const promoted: KeyRecord = {
    ...replica,
    state: 'Updating',
    multiRegion: {
      type: 'PRIMARY',
      primaryRegion: replica.region,
      replicaRegions: [...replicaRegions, primary.region],
    },
  };
  withdrawRotation(work, primary);
  storeKey(transaction, { ...primary, state: 'Updating' });
  storePrimary(transaction, promoted);
  announceRotation(work, promoted);
  for (const key of [primary, promoted]) {
    schedule(transaction, {
      time: time + updateTime,
      kind: 'PrimaryRegionUpdated',
      subject: recordKey(key),
    });
  }
}

/** Ends the change for one of the two keys. Only keys that were enabled can have begun it. */
export const finishUpdating: DueHandler = ({ transaction }, { subject }) => {
  const key = transaction.get(keys, subject);
  if (key?.state !== 'Updating') return;
  storeKey(transaction, { ...key, state: stateByMaterial(key, 'Enabled') });
};
