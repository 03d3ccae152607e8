/** Sealing and opening an envelope, chunk by chunk. The format is described in `format.ts`. */
import { EnvelopeError } from './errors.ts';
import {
  defaultChunkSize,
  layOut,
  noncePrefixLength,
  readLayout,
  tagLength,
  type EnvelopeHeader,
  type EnvelopeLayout,
} from './format.ts';
import { inOrder } from './in-order.ts';
import { pieceReader } from './piece-reader.ts';

/**
 * Chunks under way at once. WebCrypto works outside of the calling thread, so while one chunk is being encrypted
 * the next is read and the last one written. More than a few only costs memory.
 */
const depth = 4;

/** Takes the output, in order. */
export interface Sink {
  write(bytes: Uint8Array<ArrayBuffer>): void | Promise<void>;
}

export interface StreamOptions {
  /** Aborting rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Plaintext bytes done so far, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/** What the learner's program knows of the file; the rest of the header follows from the file itself. */
export type SealedWith = Pick<EnvelopeHeader, 'keyArn' | 'encryptedDataKey' | 'encryptionContext'> &
  Partial<Pick<EnvelopeHeader, 'fileName' | 'mediaType' | 'chunkSize'>>;

/**
 * Imports a plaintext data key, 32 bytes, so that it can be used but not read, and overwrites `bytes` with zeros,
 * also when the import fails.
 */
export async function importDataKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    if (bytes.length !== 32) {
      throw new EnvelopeError(
        'WrongKeyLength',
        `This data key has ${bytes.length} bytes; AES-256 needs 32. Ask KMS for KeySpec AES_256.`,
      );
    }
    return await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } finally {
    bytes.fill(0);
  }
}

/** Encrypts `source` into `sink` under `key` (AES-256, usage encrypt). Holds a few chunks in memory, never the file. */
export async function sealEnvelope(
  key: CryptoKey,
  source: Blob,
  sealedWith: SealedWith,
  sink: Sink,
  { signal, onProgress }: StreamOptions = {},
): Promise<EnvelopeHeader> {
  const { header, ...layout } = layOut(
    {
      keyArn: sealedWith.keyArn,
      encryptedDataKey: sealedWith.encryptedDataKey,
      encryptionContext: sealedWith.encryptionContext,
      fileName: sealedWith.fileName ?? (source instanceof File ? source.name : ''),
      mediaType: sealedWith.mediaType ?? source.type,
      size: source.size,
      chunkSize: sealedWith.chunkSize ?? defaultChunkSize,
    },
    crypto.getRandomValues(new Uint8Array(noncePrefixLength)),
  );
  const { size, chunkSize } = header;
  await sink.write(layout.preamble);
  const read = pieceReader(source, 0, chunkSize);
  await inOrder(
    layout.chunks,
    depth,
    async (index) => crypto.subtle.encrypt(chunkParameters(layout, index), key, await read(index)),
    async (ciphertext, index) => {
      await sink.write(new Uint8Array(ciphertext));
      onProgress?.(Math.min(size, (index + 1) * chunkSize), size);
    },
    signal,
  );
  return header;
}

/**
 * Decrypts an envelope into `sink`. Every byte written comes from a chunk that has authenticated, in its own
 * place and together with the header. The end of the file is proven only when this resolves; until
 * then what the sink holds is a beginning, and after a rejection it must be thrown away.
 * Rejects with `EnvelopeError`.
 */
export async function openEnvelope(
  key: CryptoKey,
  envelope: Blob,
  sink: Sink,
  { signal, onProgress }: StreamOptions = {},
): Promise<EnvelopeHeader> {
  const layout = await readLayout(envelope);
  const { size, chunkSize } = layout.header;
  const read = pieceReader(envelope, layout.preamble.length, chunkSize + tagLength);
  await inOrder(
    layout.chunks,
    depth,
    async (index) => decryptChunk(chunkParameters(layout, index), key, await read(index)),
    async (plaintext, index) => {
      await sink.write(new Uint8Array(plaintext));
      onProgress?.(Math.min(size, (index + 1) * chunkSize), size);
    },
    signal,
  );
  return layout.header;
}

function chunkParameters(layout: Omit<EnvelopeLayout, 'header'>, index: number): AesGcmParams {
  const iv = new Uint8Array(12);
  iv.set(layout.noncePrefix);
  new DataView(iv.buffer).setUint32(noncePrefixLength, index);
  iv[11] = index === layout.chunks - 1 ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData: layout.preamble, tagLength: tagLength * 8 };
}

async function decryptChunk(
  parameters: AesGcmParams,
  key: CryptoKey,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<ArrayBuffer> {
  try {
    return await crypto.subtle.decrypt(parameters, key, sealed);
  } catch {
    throw new EnvelopeError(
      'NotAuthentic',
      'This envelope does not open. It has been changed since it was sealed, or this is not its data key.',
    );
  }
}
