import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { AwsError } from '../../errors/aws-error.ts';
import type { Call } from '../../service/service.ts';
import { unsupported, validationError } from '../errors.ts';
import type { Origin } from '../key-specs.ts';
import { withMaterial } from '../new-key.ts';
import type { Rooms } from '../operation.ts';
import type { KeyRecord } from '../records.ts';
import { noteMaterial } from '../tokens.ts';
import type { XksProxy } from './backends.ts';
import { auditStore } from './cipher.ts';
import { requireFitCluster } from './cluster.ts';
import { dependencyTimeout, invalidStoreState } from './errors.ts';
import {
  addToStore,
  clusterOf,
  findStore,
  keysIn,
  type CloudHsmBacking,
  type CustomKeyStore,
} from './records.ts';

/** CreateKey's part that is about custom key stores. */

export interface StoreMembers {
  Origin: Origin;
  MultiRegion: boolean;
  CustomKeyStoreId?: string;
  XksKeyId?: string;
}

/** Throws ValidationException, or UnsupportedOperationException for a multi-Region key. */
export function checkStoreMembers({ Origin, MultiRegion, CustomKeyStoreId, XksKeyId }: StoreMembers): void {
  const isForeign = isInStore(Origin);
  if (isForeign && CustomKeyStoreId === undefined) {
    throw validationError(`CustomKeyStoreId is required with an Origin of ${Origin}.`);
  }
  if (!isForeign && CustomKeyStoreId !== undefined) {
    throw validationError(`CustomKeyStoreId is not valid with an Origin of ${Origin}.`);
  }
  if (Origin === 'EXTERNAL_KEY_STORE' && XksKeyId === undefined) {
    throw validationError(`XksKeyId is required with an Origin of ${Origin}.`);
  }
  if (Origin !== 'EXTERNAL_KEY_STORE' && XksKeyId !== undefined) {
    throw validationError(`XksKeyId is not valid with an Origin of ${Origin}.`);
  }
  if (isForeign && MultiRegion) throw unsupported('A custom key store cannot hold multi-Region keys.');
}

/** Whether keys of this origin live in a custom key store. */
export function isInStore(origin: Origin): boolean {
  return origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
}

/**
 * Makes the new key's material in its cluster, or ties it to its external key. Gives the key with that noted.
 * Throws CustomKeyStoreNotFound- or InvalidStateException, CloudHsmCluster…Exception or XksKey…Exception.
 */
export async function withForeignMaterial(
  call: Call,
  draft: KeyRecord,
  input: StoreMembers,
  rooms: Rooms,
): Promise<KeyRecord> {
  const store = findStore(call.transaction, draft, input.CustomKeyStoreId ?? '');
  const { backing, id, connection } = store;
  if (backing.type !== input.Origin) {
    throw unsupported(`Custom key store ${id} is of type ${backing.type}, not ${input.Origin}.`);
  }
  if (connection !== 'CONNECTED') throw invalidStoreState(id, connection, 'must be CONNECTED');
  const key =
    backing.type === 'AWS_CLOUDHSM'
      ? await withClusterKey(call, draft, { ...store, backing }, rooms)
      : await withExternalKey(call, draft, store, backing.proxy, input.XksKeyId ?? '', rooms);
  addToStore(call.transaction, store, key);
  auditStore(call, key);
  return key;
}

/** An AES-256 key that never leaves the cluster. Its id is all that KMS has of it. */
async function withClusterKey(
  call: Call,
  draft: KeyRecord,
  store: CustomKeyStore & { backing: CloudHsmBacking },
  rooms: Rooms,
): Promise<KeyRecord> {
  await requireFitCluster(store, rooms, 2);
  const { clusterId } = store.backing;
  const cluster = clusterOf(store, store.backing);
  const made = await rooms.keyStores.cloudHsm?.createKey(cluster, call.requestId);
  if (!made?.ok) throw dependencyTimeout();
  const backingKeyId = made.value;
  const materialId = bytesToHex(sha256(utf8ToBytes(`${draft.keyId}/${clusterId}/${backingKeyId}`)));
  noteMaterial(call, draft, materialId);
  return {
    ...draft,
    materials: [{ id: materialId, state: 'CURRENT' }],
    customKeyStore: { id: store.id, clusterId, backingKeyId },
  };
}

/** The external key, and material of its own that the module encrypts with before the external key does. */
async function withExternalKey(
  call: Call,
  draft: KeyRecord,
  store: CustomKeyStore,
  proxy: XksProxy,
  xksKeyId: string,
  rooms: Rooms,
): Promise<KeyRecord> {
  if (keysIn(call.transaction, store).some(({ customKeyStore }) => customKeyStore?.xksKeyId === xksKeyId)) {
    throw xksKeyError('AlreadyInUse', xksKeyId, `already belongs to a KMS key in ${store.id}.`);
  }
  const found = (await rooms.keyStores.xks?.describeKey(proxy, xksKeyId)) ?? 'unreachable';
  if (found === 'unreachable') throw dependencyTimeout();
  if (found === 'not found') throw xksKeyError('NotFound', xksKeyId, 'is not known to the proxy.');
  if (found === 'unusable') {
    const must = 'must be an enabled AES-256 key that encrypts and decrypts.';
    throw xksKeyError('InvalidConfiguration', xksKeyId, must);
  }
  return withMaterial(call, { ...draft, customKeyStore: { id: store.id, xksKeyId } }, rooms);
}

function xksKeyError(kind: string, xksKeyId: string, problem: string): AwsError {
  return new AwsError(`XksKey${kind}Exception`, `External key ${xksKeyId} ${problem}`);
}
