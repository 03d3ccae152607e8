/** The cryptographic module, alone in a worker with a database of its own. Started by the engine worker. */
import { systemClock } from '../engine/clock/clock.ts';
import { systemRandomness } from '../engine/clock/randomness.ts';
import { openHsm } from '../engine/hsm/open-hsm.ts';
import { serveHsm } from '../engine/hsm/port.ts';
import { indexedDbHsmStore } from '../engine/hsm/store/indexeddb.ts';
import { memoryHsmStore } from '../engine/hsm/store/memory.ts';
import { holdLock } from './locks.ts';
import { lockNames, type FromHsmWorker, type ToHsmWorker } from './protocol.ts';

let isHeld = false;

async function open({ storage, shared }: ToHsmWorker): Promise<void> {
  if (shared && !isHeld) {
    await holdLock(lockNames.hsm);
    isHeld = true;
  }
  const store = storage === 'memory' ? memoryHsmStore() : await indexedDbHsmStore();
  const hsm = await openHsm({ store, clock: systemClock, randomness: systemRandomness });
  const { port1, port2 } = new MessageChannel();
  serveHsm(hsm, port1);
  tell({ kind: 'open' }, [port2]);
}

function tell(message: FromHsmWorker, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

/** For the learner. Browsers leave the message of a full disk empty. */
function messageOf(error: unknown): string {
  const { cause, message } = error instanceof Error ? error : { cause: undefined, message: String(error) };
  const isFull = cause instanceof Error && cause.name === 'QuotaExceededError';
  return isFull ? 'There is no room left to store its keys.' : message;
}

onmessage = ({ data }: MessageEvent<ToHsmWorker>): void => {
  open(data).catch((error: unknown) => tell({ kind: 'failed', message: messageOf(error) }));
};
