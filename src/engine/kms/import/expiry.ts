import type { Work } from '../../service/service.ts';
import { storeMember } from '../multi-region/family.ts';
import { arnOfKey, keys, recordKey, type KeyMaterial, type KeyRecord } from '../records.ts';
import { schedule, unschedule, type Due } from '../timeline/due.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { forgetMaterial } from './forget-material.ts';

/** The end that imported material can be given (KMS API Reference, ImportKeyMaterial, ValidTo). */

export function announceExpiry({ transaction }: Work, key: KeyRecord, { id, imported }: KeyMaterial): void {
  if (imported?.validTo !== undefined) schedule(transaction, dueExpiry(key, id, imported.validTo));
}

/** Takes back what `announceExpiry` has said. */
export function withdrawExpiry({ transaction }: Work, key: KeyRecord, { id, imported }: KeyMaterial): void {
  if (imported?.validTo !== undefined) unschedule(transaction, dueExpiry(key, id, imported.validTo));
}

/** Deletes material whose time is over, unless it was deleted, or imported again with another end. */
export const expireMaterial: DueHandler = (work, { subject, detail, time }, rooms) => {
  const key = work.transaction.get(keys, subject);
  const material = key?.materials.find(({ id }) => id === detail);
  if (!key || material?.imported?.state !== 'IMPORTED' || material.imported.validTo !== time) return;
  storeMember(work.transaction, forgetMaterial(work, key, material));
  rooms.recordServiceEvent(work.transaction, {
    name: 'DeleteExpiredKeyMaterial',
    time,
    accountId: key.accountId,
    region: key.region,
    keyArns: [arnOfKey(key)],
    serviceEventDetails: { keyId: key.keyId, keyMaterialId: material.id },
  });
};

function dueExpiry(key: KeyRecord, materialId: string, time: number): Due {
  return { time, kind: 'MaterialExpiry', subject: recordKey(key), detail: materialId };
}
