import type { JsonObject, Work } from '../../service/service.ts';
import type { Rooms } from '../operation.ts';
import type { KeyRecord } from '../records.ts';
import { clusterOf, removeFromStore, storeOf } from './records.ts';

/**
 * The end of a key in a custom key store, when its waiting period is over. KMS tries to delete the key in the
 * cluster; where that fails it stays there, an orphan. External keys are never touched.
 * Gives what the DeleteKey event tells of it, or `undefined` for any other key.
 */
export async function deleteFromStore(
  work: Work,
  key: KeyRecord,
  { keyStores }: Rooms,
): Promise<JsonObject | undefined> {
  if (!key.customKeyStore) return undefined;
  const store = storeOf(work.transaction, key);
  removeFromStore(work.transaction, store, key);
  const { id, xksKeyId, backingKeyId = '' } = key.customKeyStore;
  if (store.backing.type !== 'AWS_CLOUDHSM') {
    return { customKeyStoreId: id, ...(xksKeyId !== undefined && { xksKeyId }) };
  }
  const cluster = clusterOf(store, store.backing);
  const isGone =
    store.connection === 'CONNECTED' &&
    ((await keyStores.cloudHsm?.deleteKey(cluster, backingKeyId)) ?? false);
  const deletionStatus = isGone ? 'SUCCESS' : 'FAILURE';
  return {
    customKeyStoreId: id,
    clusterId: store.backing.clusterId,
    backingKeys: JSON.stringify([{ backingKeyId }]),
    backingKeysDeletionStatus: JSON.stringify([{ backingKeyId, deletionStatus }]),
  };
}
