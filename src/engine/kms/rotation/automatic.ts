import { isReplica, storePrimary } from '../multi-region/family.ts';
import { keys, type KeyRecord } from '../records.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { rotate } from './rotate.ts';
import { withAutomaticRotation } from './schedule.ts';

/**
 * Rotates a key whose day has come, and sets the next. A key that cannot be used waits until it is enabled; a replica
 * is rotated with its primary key.
 */
export const rotateWhenDue: DueHandler = async (work, { subject }, rooms) => {
  const key = work.transaction.get(keys, subject);
  if (!key?.rotation || key.rotation.next > work.time || !isInUse(key) || isReplica(key)) return;
  const { periodInDays } = key.rotation;
  const rotated = await rotate(work, key, 'AUTOMATIC', rooms);
  storePrimary(work.transaction, withAutomaticRotation(work, rotated, periodInDays));
};

function isInUse({ state }: KeyRecord): boolean {
  return state === 'Enabled' || state === 'Updating';
}
