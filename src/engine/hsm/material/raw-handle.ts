import type { Bytes } from '../bytes.ts';

/**
 * Bytes as an extractable handle that `wrapKey` seals in raw form. Web Crypto takes any bytes for an HMAC key, so
 * private keys that it has no name for are sealed as one too.
 */
export function rawHandle(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);
}
