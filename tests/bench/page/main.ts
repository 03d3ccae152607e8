/** What is measured in Chromium; `tests/bench/chromium.ts` calls it as `benchPage`. */
import { cloud } from '$lib/cloud/connection.svelte.ts';
import type { Comparison } from '../compare.ts';
import { memoryDoor, signAsAda } from '../door.ts';
import { compareDoors } from '../engine.ts';
import { compareFile } from './file.ts';
import { fill } from './fill.ts';

/** The engine against bare WebCrypto, side by side in one worker. */
function engine(): Promise<Comparison[]> {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Comparison[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage('begin');
  });
}

/**
 * The site's connection (page, engine worker, module worker, and back; watched, on IndexedDB) against engine and
 * module in this very page (unwatched, in memory): what it costs to keep the module behind two walls.
 */
async function boundary(): Promise<Comparison> {
  await cloud.start();
  const across = { fetch: (request: Request) => cloud.fetch(request), sign: signAsAda(cloud.identities) };
  return compareDoors(
    'Encrypt of 1 KiB from the page through the workers ÷ in one thread',
    across,
    await memoryDoor(),
  );
}

export interface BenchPage {
  engine: typeof engine;
  boundary: typeof boundary;
  file: typeof compareFile;
  fill: typeof fill;
}

declare global {
  var benchPage: BenchPage;
}

globalThis.benchPage = { engine, boundary, file: compareFile, fill };
