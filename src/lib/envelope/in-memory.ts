/** The envelope for programs that hold the whole file anyway: scripts and tests. */
import type { EnvelopeHeader } from './format.ts';
import { openEnvelope, sealEnvelope, type SealedWith } from './stream.ts';

/** Encrypts `file` under an AES-256 data key and puts the encrypted data key beside it. */
export async function sealFile(key: CryptoKey, file: Blob, sealedWith: SealedWith): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await sealEnvelope(key, file, sealedWith, { write: (bytes) => void parts.push(bytes) });
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** Decrypts an envelope. Rejects with `EnvelopeError`, and then nothing of the file comes out. */
export async function openFile(
  key: CryptoKey,
  envelope: Blob,
): Promise<{ content: Blob; header: EnvelopeHeader }> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const header = await openEnvelope(key, envelope, { write: (bytes) => void parts.push(bytes) });
  return { content: new Blob(parts, { type: header.mediaType }), header };
}
