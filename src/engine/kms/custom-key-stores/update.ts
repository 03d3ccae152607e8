import type { Work } from '../../service/service.ts';
import type { Rooms } from '../operation.ts';
import { withCluster } from './cluster.ts';
import { invalidStoreState } from './errors.ts';
import { checkEndpointService, demand, type StoreInput } from './member-terms.ts';
import { checkProxyHealth, checkProxyIsFree, proxyFrom } from './proxy.ts';
import type { CloudHsmBacking, CustomKeyStore, XksBacking } from './records.ts';

/** What UpdateCustomKeyStore may change of a store while it is connected; all else waits for its disconnection. */
const changeableWhileConnected: ReadonlySet<string> = new Set([
  'CustomKeyStoreId',
  'NewCustomKeyStoreName',
  'XksProxyAuthenticationCredential',
  'XksProxyUriPath',
]);

/** Throws CustomKeyStoreInvalidStateException. */
export function requireChangeable({ id, connection }: CustomKeyStore, input: object): void {
  if (connection === 'DISCONNECTED') return;
  const mustWait = Object.entries(input).some(
    ([member, value]) => value !== undefined && !changeableWhileConnected.has(member),
  );
  if (mustWait) throw invalidStoreState(id, connection, 'must be DISCONNECTED');
  if (connection !== 'CONNECTED') {
    throw invalidStoreState(id, connection, 'must be DISCONNECTED or CONNECTED');
  }
}

/** What the store is backed by from now on, held against the same terms as a new store's. */
export async function changedBacking(
  { transaction }: Work,
  store: CustomKeyStore,
  input: StoreInput,
  rooms: Rooms,
): Promise<CloudHsmBacking | XksBacking> {
  const { backing } = store;
  if (backing.type === 'AWS_CLOUDHSM') {
    const { KeyStorePassword: password, CloudHsmClusterId: clusterId } = input;
    const told = { ...backing, ...(password !== undefined && { password }) };
    if (clusterId === undefined) return told;
    return withCluster(transaction, { ...store, backing: { ...told, clusterId } }, rooms);
  }
  if (!changesProxy(input)) return backing;
  const before = backing.proxy.connectivity;
  const connectivity = input.XksProxyConnectivity ?? before;
  if (connectivity !== before) {
    demand(input, 'XksProxyUriEndpoint', `a change of XksProxyConnectivity to ${connectivity}`);
  }
  if (connectivity !== before || before === 'PUBLIC_ENDPOINT') {
    checkEndpointService({ ...input, XksProxyConnectivity: connectivity });
  }
  const proxy = proxyFrom(input, backing.proxy);
  checkProxyIsFree(transaction, store, proxy, store.id);
  await checkProxyHealth(proxy, rooms);
  return { ...backing, proxy };
}

function changesProxy(input: StoreInput): boolean {
  return Object.entries(input).some(
    ([member, value]) => member.startsWith('XksProxy') && value !== undefined,
  );
}
