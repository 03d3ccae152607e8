import { bytesToHex } from '@noble/hashes/utils.js';
import { about, hidden, oneOf, required, string, withDefault } from '../../declaration/members.ts';
import { locationOf } from '../aliases.ts';
import { nameInUse } from '../custom-key-stores/errors.ts';
import { withCluster } from '../custom-key-stores/cluster.ts';
import { checkNewStore } from '../custom-key-stores/member-terms.ts';
import {
  cloudHsmClusterId,
  customKeyStoreName,
  keyStorePassword,
  xksProxyMembers,
} from '../custom-key-stores/members.ts';
import { checkProxyHealth, checkProxyIsFree } from '../custom-key-stores/proxy.ts';
import { auditRequestedCluster } from '../custom-key-stores/audit.ts';
import { backingFrom, isSameStore } from '../custom-key-stores/new-store.ts';
import { putStore, storesIn, type CustomKeyStore } from '../custom-key-stores/records.ts';
import { awsEnums } from '../enums.ts';
import { limitExceeded } from '../errors.ts';
import { operation } from '../operation.ts';

/**
 * CreateCustomKeyStore: a place outside KMS for keys to be in: a CloudHSM cluster, or a key manager behind an
 * external key store proxy. It is not connected yet. AWS: KMS API Reference, CreateCustomKeyStore.
 */
export const CreateCustomKeyStore = operation('CreateCustomKeyStore', {
  summary:
    'Makes a custom key store, whose keys live in your CloudHSM cluster or behind your external key manager.',
  readOnly: false,
  accountAction: 'kms:CreateCustomKeyStore',
  input: {
    CustomKeyStoreName: required(customKeyStoreName()),
    CloudHsmClusterId: cloudHsmClusterId(),
    TrustAnchorCertificate: about(
      'The certificate of the cluster: the content of customerCA.crt, with which it was initialised.',
      hidden(string({ min: 1, max: 5000 })),
    ),
    KeyStorePassword: keyStorePassword(),
    CustomKeyStoreType: about(
      'Whether the keys live in a CloudHSM cluster or behind an external key manager.',
      withDefault('AWS_CLOUDHSM', oneOf(awsEnums.CustomKeyStoreType)),
    ),
    ...xksProxyMembers(),
  },
  check: (input) => checkNewStore(input.CustomKeyStoreType, input),
  differs: [
    'There are no CloudHSM clusters yet, so the cluster, its certificate and its HSMs are not verified when a store is made.',
    'There is no external key store proxy to be reached, unless a program brings one.',
    'The password of kmsuser and the secret of a proxy are stored as they are; no reply and no audit record shows them.',
    'Of the permissions that AWS demands, kms:CreateCustomKeyStore is the only one asked for.',
  ],
  async run({ input, call, rooms }) {
    auditRequestedCluster(call);
    const { transaction } = call;
    const location = locationOf(call);
    const name = input.CustomKeyStoreName;
    const backing = backingFrom(input);
    const stores = storesIn(transaction, location);
    const present = stores.find((store) => isSameStore(store, name, backing));
    const id = present?.id ?? `cks-${bytesToHex(rooms.randomness.bytes(9)).slice(0, 17)}`;
    if (!present) {
      if (stores.some((store) => store.name === name)) throw nameInUse(name);
      if (stores.length >= rooms.quotas.customKeyStores) {
        throw limitExceeded(
          `You have reached the quota of ${rooms.quotas.customKeyStores} custom key stores.`,
        );
      }
      const draft = { ...location, id, name, created: call.time, connection: 'DISCONNECTED' as const };
      const store: CustomKeyStore = { ...draft, backing };
      if (backing.type === 'AWS_CLOUDHSM') {
        store.backing = await withCluster(transaction, { ...draft, backing }, rooms);
      } else {
        checkProxyIsFree(transaction, location, backing.proxy);
        await checkProxyHealth(backing.proxy, rooms);
      }
      putStore(transaction, store);
    }
    call.audit.responseElements = { customKeyStoreId: id };
    return { CustomKeyStoreId: id };
  },
});
