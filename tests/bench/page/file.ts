import { EnvelopeClient } from '$lib/envelope/client.ts';
import { sealEnvelope } from '$lib/envelope/stream.ts';
import { compare, type Comparison } from '../compare.ts';

const mebibyte = 1024 * 1024;
const size = 128 * mebibyte;
const sealedWith = {
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  encryptedDataKey: new Uint8Array(184),
  encryptionContext: {},
};

/**
 * The file envelope against one `subtle.encrypt` of the same bytes, which lie in memory already and go nowhere; and,
 * since the envelope also reads the file and stores the result, against doing that in one piece.
 */
export async function compareFile(): Promise<Comparison[]> {
  const bytes = randomBytes(size);
  const file = new File([bytes], 'bench.bin');
  const dataKey = crypto.getRandomValues(new Uint8Array(32));
  const key = await crypto.subtle.importKey('raw', dataKey, 'AES-GCM', false, ['encrypt']);
  const client = new EnvelopeClient();
  await client.hold(dataKey);
  const whole = wholeFileWorker();

  const bare = { call: () => encryptBare(key, bytes) };
  const sealed = { call: () => client.seal(file, sealedWith, () => {}) };
  const few = { rounds: 9, calls: 1, warmUp: 2 };
  const comparisons = [
    await compare(
      'File of 128 MiB, read and sealed in chunks ÷ one `subtle.encrypt`',
      { subject: { call: () => sealEnvelope(key, file, sealedWith, { write() {} }) }, baseline: bare },
      few,
    ),
    await compare(
      'File of 128 MiB, read, sealed and stored ÷ read, encrypted and stored in one piece',
      { subject: sealed, baseline: { call: () => whole.run(file, key) } },
      few,
    ),
    await compare(
      'File of 128 MiB, read, sealed and stored ÷ one `subtle.encrypt`',
      { subject: sealed, baseline: bare },
      few,
    ),
  ];
  whole.end();
  await client.clearKept();
  client.close();
  return comparisons;
}

function encryptBare(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes);
}

function wholeFileWorker() {
  const worker = new Worker(new URL('./whole-file.worker.ts', import.meta.url), { type: 'module' });
  return {
    run: (file: Blob, key: CryptoKey) =>
      new Promise<void>((resolve, reject) => {
        worker.onmessage = () => resolve();
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage({ file, key });
      }),
    end: () => worker.terminate(),
  };
}

/** `getRandomValues` gives at most 64 KiB at a time. */
function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
  return bytes;
}
