import { AwsError } from '../../errors/aws-error.ts';
import type { Work } from '../../service/service.ts';
import { invalidState, limitExceeded } from '../errors.ts';
import { pendingMaterial } from '../import/materials.ts';
import { primaryOf, storePrimary } from '../multi-region/family.ts';
import type { Rooms } from '../operation.ts';
import { arnOfKey, keys, recordKey, type KeyRecord } from '../records.ts';
import { schedule } from '../timeline/due.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { rotate } from './rotate.ts';

/** How long a rotation on demand takes here, in milliseconds. AWS promises no time. */
const duration = 1000;

/** An automatic rotation that is this near forbids one on demand (KMS API Reference, RotateKeyOnDemand, Errors). */
const automaticRotationLead = 20 * 60_000;

/** Throws what AWS answers when the key cannot be rotated on demand now. */
export function checkOnDemandRotation(work: Work, key: KeyRecord, { quotas }: Rooms): void {
  const arn = arnOfKey(key);
  if (key.onDemandStarted !== undefined) {
    throw invalidState(`An on-demand rotation is already in progress for the key: ${arn}`);
  }
  if (key.rotation && key.rotation.next - work.time <= automaticRotationLead) {
    throw new AwsError(
      'ConflictException',
      `An automatic rotation is in progress or scheduled to begin within the next 20 minutes for the key: ${arn}`,
    );
  }
  if (key.onDemandRotations >= quotas.onDemandRotationsPerKey) {
    throw limitExceeded(
      `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${arn}`,
    );
  }
  if (key.origin === 'EXTERNAL' && !isReady(key)) {
    throw invalidState(`No available key material pending rotation for the key: ${arn}.`);
  }
}

/** Begins a rotation, which is over a little later. */
export function startOnDemandRotation({ transaction, time }: Work, key: KeyRecord): void {
  storePrimary(transaction, { ...key, onDemandStarted: time });
  schedule(transaction, { time: time + duration, kind: 'OnDemandRotation', subject: recordKey(key) });
}

/** Ends it. Where the key is to be deleted, or its new material is gone again, it ends without effect. */
export const finishOnDemandRotation: DueHandler = async (work, { subject }, rooms) => {
  const known = work.transaction.get(keys, subject);
  if (known?.onDemandStarted === undefined) return;
  // It may have become a replica meanwhile.
  const { onDemandStarted: _, ...key } = primaryOf(work.transaction, known);
  const rotated = canBeRotated(key)
    ? { ...(await rotate(work, key, 'ON_DEMAND', rooms)), onDemandRotations: key.onDemandRotations + 1 }
    : key;
  storePrimary(work.transaction, rotated);
};

function canBeRotated(key: KeyRecord): boolean {
  return key.deletion === undefined && (key.origin !== 'EXTERNAL' || isReady(key));
}

function isReady(key: KeyRecord): boolean {
  return pendingMaterial(key)?.state === 'PENDING_ROTATION';
}
