import { required } from '../../declaration/members.ts';
import { AwsError } from '../../errors/aws-error.ts';
import { locationOf } from '../aliases.ts';
import { auditNamedStore } from '../custom-key-stores/audit.ts';
import { invalidStoreState } from '../custom-key-stores/errors.ts';
import { customKeyStores, findStore, keysIn, storeRecordKey } from '../custom-key-stores/records.ts';
import { customKeyStoreId } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * DeleteCustomKeyStore: forgets a store that is disconnected and holds no keys. The cluster or the proxy is not
 * touched. AWS: KMS API Reference, DeleteCustomKeyStore.
 */
export const DeleteCustomKeyStore = operation('DeleteCustomKeyStore', {
  summary: 'Deletes a custom key store that is disconnected and has no keys.',
  readOnly: false,
  accountAction: 'kms:DeleteCustomKeyStore',
  input: { CustomKeyStoreId: required(customKeyStoreId()) },
  run({ input, call }) {
    const { transaction } = call;
    const store = findStore(transaction, locationOf(call), input.CustomKeyStoreId);
    auditNamedStore(call, store);
    if (keysIn(transaction, store).length > 0) {
      throw new AwsError('CustomKeyStoreHasCMKsException', `Custom key store ${store.id} holds KMS keys.`);
    }
    if (store.connection !== 'DISCONNECTED') {
      throw invalidStoreState(store.id, store.connection, 'must be DISCONNECTED');
    }
    transaction.delete(customKeyStores, storeRecordKey(store));
    return {};
  },
});
