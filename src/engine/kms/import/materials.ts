import type { KeyMaterial, KeyRecord } from '../records.ts';

/** What follows from which of a key's materials are there (KMS Developer Guide, "Importing key material"). */

/** New material that no rotation has made current yet. It can still be exchanged for another. */
export function isPending({ state }: KeyMaterial): boolean {
  return state === 'PENDING_ROTATION' || state === 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
}

export function pendingMaterial(key: KeyRecord): KeyMaterial | undefined {
  return key.materials.find(isPending);
}

/** Whether every material is there that belongs to the key for ever. One that is missing makes it unusable. */
export function isComplete({ origin, materials }: KeyRecord): boolean {
  if (origin !== 'EXTERNAL') return true;
  const permanent = materials.filter((material) => !isPending(material));
  return permanent.length > 0 && permanent.every(({ imported }) => imported?.state === 'IMPORTED');
}

/** The state of a key that nothing but missing material keeps from being `usable`. */
export function stateByMaterial<State extends KeyRecord['state']>(
  key: KeyRecord,
  usable: State,
): State | 'PendingImport' {
  return isComplete(key) ? usable : 'PendingImport';
}
