import { invalidState, unsupported } from '../errors.ts';
import type { Rooms } from '../operation.ts';
import { invalidStoreState } from './errors.ts';
import { clusterOf, type CustomKeyStore } from './records.ts';

/**
 * `length` bytes from the random bit generator of a store's cluster. Throws CustomKeyStoreInvalidStateException, or
 * UnsupportedOperationException for an external key store, which has none.
 */
export async function randomFromStore(
  { keyStores }: Rooms,
  store: CustomKeyStore,
  length: number,
): Promise<Uint8Array> {
  const { backing, id, connection } = store;
  if (backing.type !== 'AWS_CLOUDHSM') {
    throw unsupported(`Custom key store ${id} is of type ${backing.type}, which generates no random bytes.`);
  }
  if (connection !== 'CONNECTED') throw invalidStoreState(id, connection, 'must be CONNECTED');
  const answer = await keyStores.cloudHsm?.random(clusterOf(store, backing), length);
  if (!answer?.ok) throw invalidState(`Custom key store ${id} does not answer.`);
  return answer.value;
}
