import type { Work } from '../../service/service.ts';
import type { Rooms } from '../operation.ts';
import { schedule, unschedule, type Due, type DueKind } from '../timeline/due.ts';
import { returnKeys } from './availability.ts';
import type { ConnectionErrorCode } from './backends.ts';
import { proxyProblem } from './proxy.ts';
import {
  clusterOf,
  customKeyStores,
  putStore,
  storeRecordKey,
  type ConnectionState,
  type CustomKeyStore,
} from './records.ts';

/** How long a change takes here, in milliseconds. AWS: up to 20 minutes to connect a CloudHSM key store. */
const lasts = { CONNECTING: 10_000, DISCONNECTING: 5000 } as const;

const ends: Record<keyof typeof lasts, DueKind> = {
  CONNECTING: 'CustomKeyStoreConnection',
  DISCONNECTING: 'CustomKeyStoreDisconnection',
};

/** Begins to connect or to disconnect a store; the rest happens when its time has come. */
export function begin(work: Work, store: CustomKeyStore, state: keyof typeof lasts): CustomKeyStore {
  if (
    store.settles !== undefined &&
    (store.connection === 'CONNECTING' || store.connection === 'DISCONNECTING')
  ) {
    unschedule(work.transaction, dueOf(store, ends[store.connection], store.settles));
  }
  const settles = work.time + lasts[state];
  const changing = inConnection(store, state, { settles });
  putStore(work.transaction, changing);
  schedule(work.transaction, dueOf(store, ends[state], settles));
  return changing;
}

function dueOf(store: CustomKeyStore, kind: DueKind, time: number): Due {
  return { time, kind, subject: storeRecordKey(store) };
}

/** Due: logs in to the cluster, or greets the proxy, and gives the keys back. */
export async function finishConnecting(work: Work, event: Due, rooms: Rooms): Promise<void> {
  const store = awaited(work, event);
  if (!store) return;
  const errorCode = await connect(store, rooms);
  if (errorCode) {
    putStore(work.transaction, inConnection(store, 'FAILED', { errorCode }));
    return;
  }
  const connected = inConnection(store, 'CONNECTED');
  putStore(work.transaction, connected);
  returnKeys(work, connected);
}

/** Due: logs out of the cluster. */
export async function finishDisconnecting(work: Work, event: Due, rooms: Rooms): Promise<void> {
  const store = awaited(work, event);
  if (!store) return;
  if (store.backing.type === 'AWS_CLOUDHSM') {
    await rooms.keyStores.cloudHsm?.disconnect(clusterOf(store, store.backing));
  }
  putStore(work.transaction, inConnection(store, 'DISCONNECTED'));
}

/** The store, if it still waits for this very event. */
function awaited({ transaction }: Work, event: Due): CustomKeyStore | undefined {
  const store = transaction.get(customKeyStores, event.subject);
  return store && store.settles === event.time ? store : undefined;
}

async function connect(store: CustomKeyStore, rooms: Rooms): Promise<ConnectionErrorCode | undefined> {
  if (store.backing.type === 'EXTERNAL_KEY_STORE') return proxyProblem(store.backing.proxy, rooms);
  const cluster = clusterOf(store, store.backing);
  const { cloudHsm } = rooms.keyStores;
  const facts = await cloudHsm?.describe(cluster);
  if (!cloudHsm || !facts) return 'CLUSTER_NOT_FOUND';
  if (facts.activeZones.length === 0) return 'INSUFFICIENT_CLOUDHSM_HSMS';
  return cloudHsm.connect(cluster, store.backing.password);
}

/** The store in another connection state, without what belonged to the one before. */
function inConnection(
  { errorCode: _errorCode, settles: _settles, ...store }: CustomKeyStore,
  connection: ConnectionState,
  about: Pick<CustomKeyStore, 'errorCode' | 'settles'> = {},
): CustomKeyStore {
  return { ...store, connection, ...about };
}
