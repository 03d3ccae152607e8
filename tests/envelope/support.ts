import { importDataKey, openEnvelope, sealEnvelope, type Sink } from '../../src/lib/envelope/stream.ts';

/** A sink that remembers. */
export function collector(): Sink & { bytes(): Uint8Array<ArrayBuffer>; writes: number } {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    get writes() {
      return parts.length;
    },
    write: (bytes) => void parts.push(bytes),
    bytes: () => new Uint8Array(Buffer.concat(parts)),
  };
}

/** The data key of these tests; a fresh copy each time, since importing wipes it. */
export const rawKey = () => Uint8Array.from({ length: 32 }, (_, index) => index * 7);
export const testKey = () => importDataKey(rawKey());

export const sealedWith = {
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  encryptedDataKey: Uint8Array.from({ length: 184 }, (_, index) => (index * 31) & 255),
  encryptionContext: { file: 'Ελλάδα.png', constructor: 'kept' },
  fileName: 'a "file" name.bin',
  mediaType: 'application/octet-stream',
};

export async function seal(plaintext: Uint8Array<ArrayBuffer>, chunkSize: number) {
  const sink = collector();
  await sealEnvelope(await testKey(), new Blob([plaintext]), { ...sealedWith, chunkSize }, sink);
  return sink.bytes();
}

export async function open(envelope: Uint8Array<ArrayBuffer>) {
  const sink = collector();
  const header = await openEnvelope(await testKey(), new Blob([envelope]), sink);
  return { header, plaintext: sink.bytes() };
}

/** Random bytes of any length, in the 65,536-byte portions that `getRandomValues` grants. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}
