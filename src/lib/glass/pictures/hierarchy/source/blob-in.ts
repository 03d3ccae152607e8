import { parseCiphertextBlob } from '$engine/hsm/ciphertext-blob.ts';
import { readHeader } from '$lib/envelope/format.ts';
import { anatomyOf } from '../../ciphertext/anatomy/anatomy.ts';

/** A KMS ciphertext blob, and what it was found in. */
export interface FoundBlob {
  blob: Uint8Array<ArrayBuffer>;
  /** A file name, where it stood in an envelope that tells one. */
  container?: string;
}

/** The blob that these bytes are, or that stands in them: in an envelope file, in an Encryption SDK message. */
export function blobIn(bytes: Uint8Array<ArrayBuffer>): FoundBlob | undefined {
  if (parseCiphertextBlob(bytes)) return { blob: bytes };
  const { format, parts } = anatomyOf(bytes);
  const holder = parts.find(({ inside }) => inside && parseCiphertextBlob(inside.blob));
  if (!holder?.inside) return undefined;
  const { blob } = holder.inside;
  if (format !== 'envelope') return { blob };
  return {
    blob,
    container: readHeader(bytes.subarray(holder.offset, holder.offset + holder.length)).fileName,
  };
}
