import type { Work } from '../../service/service.ts';
import { inState } from '../custom-key-stores/availability.ts';
import { stateByMaterial } from '../import/materials.ts';
import { recordKey, type KeyRecord } from '../records.ts';
import { day } from '../rotation/schedule.ts';
import { schedule, unschedule } from '../timeline/due.ts';

/** The time between asking for a key's deletion and its end (KMS Developer Guide, "Delete an AWS KMS key"). */

/** The key on its way out, its waiting period begun. The caller stores it. */
export function withWaitingPeriod(work: Work, key: KeyRecord, windowInDays: number): KeyRecord {
  const date = work.time + windowInDays * day;
  const waiting: KeyRecord = { ...key, state: 'PendingDeletion', deletion: { windowInDays, date } };
  schedule(work.transaction, { time: date, kind: 'KeyDeletion', subject: recordKey(key) });
  return waiting;
}

/** A primary key that its replicas keep alive: its waiting period begins when the last of them is gone. */
export function waitingForReplicas(key: KeyRecord, windowInDays: number): KeyRecord {
  return { ...key, state: 'PendingReplicaDeletion', deletion: { windowInDays } };
}

/** The key that is to stay after all: disabled, or without its material as before. The caller stores it. */
export function withoutWaitingPeriod({ transaction }: Work, key: KeyRecord): KeyRecord {
  const { deletion, ...kept } = key;
  if (deletion?.date !== undefined) {
    unschedule(transaction, { time: deletion.date, kind: 'KeyDeletion', subject: recordKey(key) });
  }
  const state = stateByMaterial(key, 'Disabled');
  return state === 'Disabled' ? inState(transaction, kept, state) : { ...kept, state };
}
