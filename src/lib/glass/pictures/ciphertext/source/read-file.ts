import { ciphertextText as text } from '$lib/strings/ciphertext.ts';
import { formatOf } from '../anatomy/anatomy.ts';
import type { Sample } from '../specimen.svelte.ts';
import { bytesIn, mostBytes } from './read-text.ts';

/** Reads a file: bytes as they are, or written out as text. Rejects with a message for the learner. */
export async function readFile(file: File): Promise<Sample> {
  if (file.size > mostBytes) throw new Error(text.tooLong(file.size, mostBytes));
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(text.unreadableFile);
  }
  if (bytes.length === 0) throw new Error(text.emptyFile);
  if (formatOf(bytes) !== 'unknown') return { bytes, from: file.name };
  return { bytes: bytesIn(new TextDecoder().decode(bytes)) ?? bytes, from: file.name };
}
