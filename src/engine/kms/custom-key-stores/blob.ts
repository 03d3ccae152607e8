import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalContext } from '../../hsm/encryption-context.ts';
import type { EncryptionContext } from '../../hsm/hsm.ts';

/**
 * Ciphertext of a key in a custom key store: 5 bytes of header, 32 bytes of material id, and what the cluster or
 * the external key made. AWS's own layout is not public; like it, this one names the key, so that Decrypt finds it.
 */
const header = hexToBytes('0102020178');
const idLength = 32;
const prefixLength = header.length + idLength;

/** `materialId`: 64 hex digits. */
export function storeBlob(materialId: string, sealed: Uint8Array): Uint8Array {
  return concatBytes(prefixOf(materialId), sealed);
}

/** What stands in a blob; `undefined` for bytes that are no ciphertext of a key in a custom key store. */
export function readStoreBlob(blob: Uint8Array): { materialId: string; sealed: Uint8Array } | undefined {
  if (blob.length <= prefixLength || header.some((byte, index) => blob[index] !== byte)) return undefined;
  return {
    materialId: bytesToHex(blob.subarray(header.length, prefixLength)),
    sealed: blob.slice(prefixLength),
  };
}

/** What is authenticated with the ciphertext: the blob's beginning, and the encryption context. */
export function storeAad(materialId: string, context: EncryptionContext): Uint8Array {
  return concatBytes(prefixOf(materialId), utf8ToBytes(canonicalContext(context)));
}

function prefixOf(materialId: string): Uint8Array {
  return concatBytes(header, hexToBytes(materialId));
}
