import { required } from '../../declaration/members.ts';
import { locationOf } from '../aliases.ts';
import { auditNamedStore } from '../custom-key-stores/audit.ts';
import { withdrawKeys } from '../custom-key-stores/availability.ts';
import { begin } from '../custom-key-stores/connection.ts';
import { invalidStoreState } from '../custom-key-stores/errors.ts';
import { findStore } from '../custom-key-stores/records.ts';
import { customKeyStoreId } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * DisconnectCustomKeyStore: the keys in the store are Unavailable from now on, until it is connected again.
 * AWS: KMS API Reference, DisconnectCustomKeyStore.
 */
export const DisconnectCustomKeyStore = operation('DisconnectCustomKeyStore', {
  summary: 'Disconnects a custom key store; its keys cannot be used until it is connected again.',
  readOnly: false,
  accountAction: 'kms:DisconnectCustomKeyStore',
  input: { CustomKeyStoreId: required(customKeyStoreId()) },
  differs: ['It takes five seconds.'],
  run({ input, call }) {
    const store = findStore(call.transaction, locationOf(call), input.CustomKeyStoreId);
    const { id, connection } = store;
    auditNamedStore(call, store);
    if (connection === 'DISCONNECTING' || connection === 'DISCONNECTED') {
      throw invalidStoreState(id, connection, 'must not be DISCONNECTING or DISCONNECTED');
    }
    begin(call, store, 'DISCONNECTING');
    withdrawKeys(call, store);
    return {};
  },
});
