import type { Reader, Transaction } from '../../vault/vault.ts';
import { unsupported } from '../errors.ts';
import { isPending, pendingMaterial } from '../import/materials.ts';
import { arnOfKey, keys, recordKey, storeKey, type KeyMaterial, type KeyRecord } from '../records.ts';

/**
 * Related multi-Region keys: one primary key and its replicas, each a full key in its own Region. They share key id,
 * material, spec, usage, origin and automatic rotation; all else is each one's own (KMS Developer Guide,
 * "Multi-Region keys in AWS KMS"). A single-Region key is a family of one.
 */

export function isReplica({ multiRegion }: KeyRecord): boolean {
  return multiRegion?.type === 'REPLICA';
}

/**
 * Throws UnsupportedOperationException for what only a multi-Region primary key can do. AWS looks at the key's state
 * before: a replica that is Creating is refused as that.
 */
export function requirePrimary(key: KeyRecord): void {
  if (key.multiRegion?.type !== 'PRIMARY') {
    throw unsupported(`${arnOfKey(key)} is not a multi-region primary key.`);
  }
}

/** The same for what is done to a primary key for its replicas too, and to single-Region keys. */
export function refuseReplica(key: KeyRecord): void {
  if (isReplica(key)) requirePrimary(key);
}

/** The key of the same id in another Region. */
export function relatedKey(reader: Reader, key: KeyRecord, region: string): KeyRecord | undefined {
  return reader.get(keys, recordKey({ ...key, region }));
}

export function replicasOf(reader: Reader, { multiRegion, ...key }: KeyRecord): KeyRecord[] {
  return (multiRegion?.replicaRegions ?? []).flatMap((region) => relatedKey(reader, key, region) ?? []);
}

/** The key that decides about what is shared: the key itself, unless it is a replica. */
export function primaryOf(reader: Reader, key: KeyRecord): KeyRecord {
  const { multiRegion } = key;
  if (multiRegion?.type !== 'REPLICA') return key;
  const primary = relatedKey(reader, key, multiRegion.primaryRegion);
  // A primary key outlives its replicas.
  if (!primary) throw new Error(`${arnOfKey(key)} has lost its primary key.`);
  return primary;
}

/** Stores a primary or single-Region key, and in each replica what it shares. */
export function storePrimary(transaction: Transaction, primary: KeyRecord): void {
  storeKey(transaction, primary);
  for (const replica of replicasOf(transaction, primary)) {
    storeKey(transaction, synchronised(replica, primary));
  }
}

/** Stores any member of a family after its imported material has changed, and what follows from that for the others. */
export function storeMember(transaction: Transaction, key: KeyRecord): void {
  storeKey(transaction, key);
  const primary = primaryOf(transaction, key);
  storePrimary(transaction, withPendingState(transaction, primary));
}

/** The replica with everything that it shares with its primary key. */
export function synchronised(replica: KeyRecord, primary: KeyRecord): KeyRecord {
  const { rotation: _, onDemandStarted: __, multiRegion: ___, ...own } = replica;
  const { rotation, onDemandRotations, onDemandStarted, multiRegion } = primary;
  return {
    ...own,
    materials: primary.materials.map((material) => asIn(replica, material)),
    onDemandRotations,
    ...(rotation && { rotation }),
    ...(onDemandStarted !== undefined && { onDemandStarted }),
    ...(multiRegion && { multiRegion: { ...multiRegion, type: 'REPLICA' } }),
  };
}

/** Imported material is imported into each key for itself; KMS copies only what it has made. */
function asIn(replica: KeyRecord, { imported, ...material }: KeyMaterial): KeyMaterial {
  if (!imported) return material;
  const own = replica.materials.find(({ id }) => id === material.id)?.imported;
  return { ...material, imported: own ?? { state: 'PENDING_IMPORT' } };
}

/**
 * New imported material can become current once every related key has it (KMS API Reference, RotationsListEntry,
 * KeyMaterialState).
 */
function withPendingState(reader: Reader, primary: KeyRecord): KeyRecord {
  const pending = pendingMaterial(primary);
  if (!pending) return primary;
  const isEverywhere = [primary, ...replicasOf(reader, primary)].every((member) =>
    member.materials.some(({ id, imported }) => id === pending.id && imported?.state === 'IMPORTED'),
  );
  const state = isEverywhere ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
  return {
    ...primary,
    materials: primary.materials.map((material) => (isPending(material) ? { ...material, state } : material)),
  };
}
