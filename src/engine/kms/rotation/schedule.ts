import type { Work } from '../../service/service.ts';
import { recordKey, type KeyRecord } from '../records.ts';
import { schedule, unschedule, type Due } from '../timeline/due.ts';
import { isReplica } from '../multi-region/family.ts';

/** When a key is rotated without anybody's asking (KMS Developer Guide, "Enable automatic key rotation"). */

/** In milliseconds. */
export const day = 86_400_000;

/** The key with automatic rotation on, the next one due a period from now. The caller stores it. */
export function withAutomaticRotation(work: Work, key: KeyRecord, periodInDays: number): KeyRecord {
  withdrawRotation(work, key);
  const rotated = { ...key, rotation: { periodInDays, next: work.time + periodInDays * day } };
  announceRotation(work, rotated);
  return rotated;
}

/** The key with automatic rotation off. The caller stores it. */
export function withoutAutomaticRotation(work: Work, key: KeyRecord): KeyRecord {
  withdrawRotation(work, key);
  const { rotation: _, ...rest } = key;
  return rest;
}

/** Puts the note that `withdrawRotation` takes away. Only primary and single-Region keys have one. */
export function announceRotation({ transaction }: Work, key: KeyRecord): void {
  if (key.rotation) schedule(transaction, dueRotation(key, key.rotation.next));
}

export function withdrawRotation({ transaction }: Work, key: KeyRecord): void {
  if (key.rotation) unschedule(transaction, dueRotation(key, key.rotation.next));
}

/**
 * A key that was rotated neither while it was disabled nor while it was to be deleted is, once it is enabled, at
 * once if it should have been (KMS API Reference, GetKeyRotationStatus).
 */
export function catchUpRotation({ transaction, time }: Work, key: KeyRecord): void {
  if (key.rotation && key.rotation.next <= time && !isReplica(key)) {
    schedule(transaction, dueRotation(key, time));
  }
}

function dueRotation(key: KeyRecord, time: number): Due {
  return { time, kind: 'AutomaticRotation', subject: recordKey(key) };
}
