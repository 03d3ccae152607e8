import { EnvelopeError } from '$lib/envelope/errors.ts';
import { readLayout } from '$lib/envelope/format.ts';
import { importDataKey, openEnvelope } from '$lib/envelope/stream.ts';
import type { Format } from '../anatomy/parts.ts';
import type { AskDecrypt } from './ask-decrypt.ts';
import { Caught } from './caught.ts';
import { openEncryptionSdk } from './open-encryption-sdk.ts';

/**
 * Opens bytes in earnest, by whatever their format asks for, and wipes what comes out.
 * @param context encryption context of a bare blob; the other formats carry their own
 * @throws Caught where somebody notices that something is wrong
 */
export async function open(
  format: Format,
  bytes: Uint8Array<ArrayBuffer>,
  context: Record<string, string>,
  ask: AskDecrypt,
): Promise<void> {
  if (format === 'encryption-sdk') return openEncryptionSdk(bytes, ask);
  if (format === 'envelope') return openFileEnvelope(bytes, ask);
  (await ask({ blob: bytes, context })).plaintext.fill(0);
}

/** With the very reader that the lesson opens envelopes with. */
async function openFileEnvelope(bytes: Uint8Array<ArrayBuffer>, ask: AskDecrypt): Promise<void> {
  const envelope = new Blob([bytes]);
  try {
    const { header } = await readLayout(envelope);
    const { encryptedDataKey: blob, encryptionContext: context, keyArn } = header;
    const key = await importDataKey((await ask({ blob, context, keyArn })).plaintext);
    await openEnvelope(key, envelope, { write: (content) => void content.fill(0) });
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    throw new Caught(error.name === 'NotAuthentic' ? 'chunk-tag' : 'reader', error.name, error.message);
  }
}
