import type { StoreInput } from './member-terms.ts';
import { proxyFrom } from './proxy.ts';
import type { CloudHsmBacking, CustomKeyStore, XksBacking } from './records.ts';

/** What a new store is to be backed by, once `checkNewStore` has seen that all is there. */
export function backingFrom(
  input: StoreInput & { CustomKeyStoreType: CloudHsmBacking['type'] | XksBacking['type'] },
): CloudHsmBacking | XksBacking {
  const { CustomKeyStoreType: type } = input;
  if (type === 'EXTERNAL_KEY_STORE') return { type, proxy: proxyFrom(input) };
  return {
    type,
    clusterId: input.CloudHsmClusterId ?? '',
    trustAnchorCertificate: input.TrustAnchorCertificate ?? '',
    password: input.KeyStorePassword ?? '',
  };
}

/** Whether a request repeats the one that made a store, which has not been connected since. */
export function isSameStore(
  store: CustomKeyStore,
  name: string,
  backing: CloudHsmBacking | XksBacking,
): boolean {
  if (store.name !== name || store.connection !== 'DISCONNECTED') return false;
  return asText(store.backing) === asText(backing);
}

function asText(backing: CloudHsmBacking | XksBacking): string {
  if (backing.type === 'EXTERNAL_KEY_STORE') return JSON.stringify(Object.entries(backing.proxy).sort());
  const { clusterId, trustAnchorCertificate, password } = backing;
  return JSON.stringify([clusterId, trustAnchorCertificate, password]);
}
