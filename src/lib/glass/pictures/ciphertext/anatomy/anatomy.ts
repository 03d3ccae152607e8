import { magic } from '$lib/envelope/format.ts';
import { ciphertextText } from '$lib/strings/ciphertext.ts';
import { readEncryptionSdkMessage } from './encryption-sdk/message.ts';
import { suites } from './encryption-sdk/suites.ts';
import { readEnvelopeFile } from './envelope-file.ts';
import { kmsBlobAnatomy } from './kms-blob.ts';
import { numberIn, PartReader, Unreadable } from './part-reader.ts';
import type { Anatomy, Format } from './parts.ts';

/** What the bytes look like, by how they begin. */
export function formatOf(bytes: Uint8Array): Format {
  if (magic.every((byte, index) => bytes[index] === byte)) return 'envelope';
  if (bytes[0] === 1 && bytes[1] === 0x80 && suites.get(numberIn(bytes.subarray(2, 4)))?.format === 1) {
    return 'encryption-sdk';
  }
  if (bytes[0] === 2 && suites.get(numberIn(bytes.subarray(1, 3)))?.format === 2) return 'encryption-sdk';
  return bytes[0] === 1 && bytes[1] === 2 ? 'kms-blob' : 'unknown';
}

/**
 * Names every byte. Never throws: where the bytes stop being what they should be, the rest is one part,
 * `Unrecognised`, and `fault` says why.
 */
export function anatomyOf(bytes: Uint8Array, format: Format = formatOf(bytes)): Anatomy {
  if (format === 'kms-blob') return kmsBlobAnatomy(bytes);
  const reader = new PartReader(bytes);
  let fault: string | undefined;
  try {
    if (format === 'encryption-sdk') readEncryptionSdkMessage(reader);
    else if (format === 'envelope') readEnvelopeFile(reader);
    else throw new Unreadable(ciphertextText.unknownFormat);
    if (reader.left > 0) throw new Unreadable(ciphertextText.trailing(reader.left));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    fault = error.message;
    const meaning = error.message;
    if (reader.left > 0) reader.take(reader.left, 'Unrecognised', () => ({ meaning }));
  }
  return { format, parts: reader.parts, ...(fault !== undefined && { fault }) };
}
