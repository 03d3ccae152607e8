import { aeskwp } from '@noble/ciphers/aes.js';
import { unshared, type Bytes } from '../bytes.ts';

/**
 * AES Key Wrap with Padding, opened (RFC 5649 §4.2; NIST SP 800-38F, KWP). Web Crypto has only the kind without
 * padding, whose keys come in multiples of 8 bytes.
 * @param key 16, 24 or 32 bytes
 * @returns what was wrapped, in an array of the caller's to wipe; `undefined` when the integrity check fails
 */
export function openKeyWrap(key: Uint8Array, wrapped: Uint8Array): Bytes | undefined {
  try {
    return unshared(aeskwp(key).decrypt(wrapped));
  } catch {
    return undefined;
  }
}
