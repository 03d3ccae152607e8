import { about, required } from '../../declaration/members.ts';
import { locationOf } from '../aliases.ts';
import { auditNamedStore, auditRequestedCluster } from '../custom-key-stores/audit.ts';
import { nameInUse } from '../custom-key-stores/errors.ts';
import { refuseForeignMembers } from '../custom-key-stores/member-terms.ts';
import {
  cloudHsmClusterId,
  customKeyStoreName,
  keyStorePassword,
  xksProxyMembers,
} from '../custom-key-stores/members.ts';
import { findStore, putStore, storesIn } from '../custom-key-stores/records.ts';
import { changedBacking, requireChangeable } from '../custom-key-stores/update.ts';
import { customKeyStoreId } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * UpdateCustomKeyStore: tells KMS another name, password, related cluster, or where a proxy is now. A store must
 * be disconnected, but for its name and, of a proxy, its path and its credential.
 * AWS: KMS API Reference, UpdateCustomKeyStore.
 */
export const UpdateCustomKeyStore = operation('UpdateCustomKeyStore', {
  summary: 'Changes the settings of a custom key store; most of them only while it is disconnected.',
  readOnly: false,
  accountAction: 'kms:UpdateCustomKeyStore',
  input: {
    CustomKeyStoreId: required(customKeyStoreId()),
    NewCustomKeyStoreName: about('The new name of the custom key store.', customKeyStoreName()),
    KeyStorePassword: keyStorePassword(),
    CloudHsmClusterId: cloudHsmClusterId(),
    ...xksProxyMembers(),
  },
  async run({ input, call, rooms }) {
    auditRequestedCluster(call);
    const { transaction } = call;
    const store = findStore(transaction, locationOf(call), input.CustomKeyStoreId);
    auditNamedStore(call, store);
    refuseForeignMembers(store.backing.type, input);
    requireChangeable(store, input);
    const name = input.NewCustomKeyStoreName ?? store.name;
    if (storesIn(transaction, store).some((other) => other.id !== store.id && other.name === name)) {
      throw nameInUse(name);
    }
    putStore(transaction, { ...store, name, backing: await changedBacking(call, store, input, rooms) });
    return {};
  },
});
