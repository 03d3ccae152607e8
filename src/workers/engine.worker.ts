/** The whole cloud but its module, in a worker: the one that holds the engine's lock, of all tabs' workers. */
import { deleteDB } from 'idb';
import { systemClock } from '../engine/clock/clock.ts';
import { systemRandomness } from '../engine/clock/randomness.ts';
import { openCloud } from '../engine/cloud.ts';
import { trail } from '../engine/cloudtrail/recorder.ts';
import type { Hsm } from '../engine/hsm/hsm.ts';
import { connectHsm } from '../engine/hsm/port.ts';
import { hsmDatabaseName } from '../engine/hsm/store/indexeddb.ts';
import { aliases, keys } from '../engine/kms/records.ts';
import { indexedDbAdapter, vaultDatabaseName } from '../engine/vault/indexeddb.ts';
import type { Table } from '../engine/vault/vault.ts';
import { CloudHost, type Carrier } from './host.ts';
import { holdLock, whenReleased } from './locks.ts';
import {
  channelNames,
  lockNames,
  type FromHsmWorker,
  type Salvage,
  type Start,
  type ToEngine,
  type ToHsmWorker,
  type ToTab,
} from './protocol.ts';
import { openStorage } from './storage.ts';
import { openTraces, traceDatabaseName } from './trace-store.ts';
import { reportingTrouble } from './trouble.ts';

onmessage = ({ data }: MessageEvent<Start>): void => void start(data);

async function start({ shared }: Start): Promise<void> {
  if (shared) await holdLock(lockNames.engine);
  const host = new CloudHost({
    engine: crypto.randomUUID(),
    async open(report) {
      const [{ adapter, hsm }, traces] = await Promise.all([
        openStorage(indexedDbAdapter, (storage) => startHsm(storage, shared)),
        openTraces(),
      ]);
      return openCloud({
        adapter: reportingTrouble(adapter, report),
        hsm,
        clock: systemClock,
        randomness: systemRandomness,
        traces,
      });
    },
    async destroy() {
      await Promise.all(
        [vaultDatabaseName, hsmDatabaseName, traceDatabaseName].map((name) => deleteDB(name)),
      );
    },
    salvage,
    end,
  });

  const ownTab: Carrier = { post: (message, transfer = []) => postMessage(message, { transfer }) };
  onmessage = ({ data }: MessageEvent<ToEngine>): void => host.receive(data, ownTab);
  host.add(ownTab);
  if (shared) {
    const toTabs = new BroadcastChannel(channelNames.toTabs);
    const otherTabs: Carrier = { post: (message) => toTabs.postMessage(message) };
    new BroadcastChannel(channelNames.toEngine).onmessage = ({ data }: MessageEvent<ToEngine>): void =>
      host.receive(data, otherTabs);
    host.add(otherTabs);
  }
  ownTab.post({ kind: 'elected' });
  await host.open();
}

async function salvage(): Promise<Salvage> {
  const adapter = await indexedDbAdapter();
  try {
    const { records } = await adapter.load();
    const valuesIn = ({ name }: Table<unknown>): unknown[] =>
      records.filter((record) => record.table === name).map(({ value }) => value);
    return { keys: valuesIn(keys), aliases: valuesIn(aliases), auditTrail: valuesIn(trail) };
  } finally {
    adapter.close();
  }
}

/** Makes way for a successor, which reads anew what is stored. */
function end(): void {
  postMessage({ kind: 'ending' } satisfies ToTab);
  close();
}

/** Starts the module in a worker of its own and joins it by a port of its own. */
function startHsm(storage: 'indexeddb' | 'memory', shared: boolean): Promise<Hsm> {
  const worker = new Worker(new URL('./hsm.worker.ts', import.meta.url), { type: 'module', name: 'hsm' });
  return new Promise((resolve, reject) => {
    const fail = (message: string): void => {
      worker.terminate();
      reject(new Error(message));
    };
    worker.onerror = ({ message }) => fail(`The cryptographic module did not start. ${message}`);
    worker.onmessage = ({ data, ports: [port] }: MessageEvent<FromHsmWorker>) => {
      if (data.kind === 'failed' || !port) {
        fail(data.kind === 'failed' ? data.message : 'No port.');
        return;
      }
      // A module that is gone cannot be replaced under the engine's feet: both begin again.
      if (shared) void whenReleased(lockNames.hsm).then(end);
      resolve(connectHsm(port));
    };
    worker.postMessage({ kind: 'open', storage, shared } satisfies ToHsmWorker);
  });
}
