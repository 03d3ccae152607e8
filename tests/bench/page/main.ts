/** What is measured in Chromium; `tests/bench/chromium.ts` calls it as `benchPage`. */
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { EnvelopeClient } from '$lib/envelope/client.ts';
import { compare, type Comparison } from '../compare.ts';
import { memoryDoor, signAsAda } from '../door.ts';
import { compareDoors } from '../engine.ts';

const mebibyte = 1024 * 1024;

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

/** The file envelope (worker, chunks, authenticated, written away) against one call of WebCrypto on all bytes. */
async function file(size = 128 * mebibyte): Promise<Comparison> {
  const bytes = randomBytes(size);
  const blob = new File([bytes], 'bench.bin');
  const dataKey = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['encrypt']);
  const client = new EnvelopeClient();
  await client.hold(dataKey);
  const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const sealedWith = { keyArn, encryptedDataKey: new Uint8Array(184), encryptionContext: {} };
  const comparison = await compare(
    `Encryption of a file of ${size / mebibyte} MiB ÷ one subtle.encrypt`,
    {
      subject: { call: () => client.seal(blob, sealedWith, () => {}) },
      baseline: {
        call: () =>
          crypto.subtle.encrypt(
            { name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) },
            key,
            bytes,
          ),
      },
    },
    { rounds: 9, calls: 1, warmUp: 2 },
  );
  await client.clearKept();
  client.close();
  return comparison;
}

/** `getRandomValues` gives at most 64 KiB at a time. */
function randomBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  return bytes;
}

export interface BenchPage {
  engine: typeof engine;
  boundary: typeof boundary;
  file: typeof file;
}

declare global {
  var benchPage: BenchPage;
}

globalThis.benchPage = { engine, boundary, file };
