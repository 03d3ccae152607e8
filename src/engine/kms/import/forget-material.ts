import type { Work } from '../../service/service.ts';
import { isReplica, replicasOf } from '../multi-region/family.ts';
import type { KeyMaterial, KeyRecord } from '../records.ts';
import type { KeyState } from '../key-states.ts';
import { shredToken, removeToken } from '../tokens.ts';
import { isPending } from './materials.ts';

/**
 * Deletes imported material. What the key has encrypted with it waits for the same bytes to be imported again; new
 * material that no rotation has made current yet is gone from the key and its replicas, as if it had never come.
 * Gives the key, for the caller to store with `storeMember`.
 */
export function forgetMaterial(work: Work, key: KeyRecord, material: KeyMaterial): KeyRecord {
  if (isPending(material) && !isReplica(key)) return withoutPending(work, key, material);
  removeToken(work, key, material.id);
  return withMissing(key, material);
}

/** The key without this imported material, which can be imported again. */
export function withMissing(key: KeyRecord, material: KeyMaterial): KeyRecord {
  return {
    ...key,
    state: isPending(material) ? key.state : stateWithout(key.state),
    materials: key.materials.map((other) => (other.id === material.id ? missing(other) : other)),
  };
}

function withoutPending(work: Work, key: KeyRecord, { id }: KeyMaterial): KeyRecord {
  for (const member of [key, ...replicasOf(work.transaction, key)]) shredToken(work, member, id);
  return { ...key, materials: key.materials.filter((material) => material.id !== id) };
}

function missing({ imported, ...material }: KeyMaterial): KeyMaterial {
  return { ...material, imported: { ...imported, state: 'PENDING_IMPORT' } };
}

/** Keys that are still to be made, or that wait for their deletion, stay so. */
function stateWithout(state: KeyState): KeyState {
  return state === 'Enabled' || state === 'Disabled' || state === 'Updating' ? 'PendingImport' : state;
}
