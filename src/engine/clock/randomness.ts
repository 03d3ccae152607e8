import { bytesToHex } from '@noble/hashes/utils.js';

/** Where ids, nonces and data keys come from. Injected, so that a cloud can be made to repeat itself. */
export interface Randomness {
  /** `length` fresh random bytes, at most 65,536. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** Draws of up to so many bytes come out of a pool: one call to the platform costs more than its bytes do. */
const pooledLength = 32;
const pool = new Uint8Array(4096);
let drawn = pool.length;

/** The platform's cryptographic random number generator (Web Crypto, `getRandomValues`). */
export const systemRandomness: Randomness = {
  bytes(length) {
    if (length > pooledLength) return crypto.getRandomValues(new Uint8Array(length));
    if (drawn + length > pool.length) {
      crypto.getRandomValues(pool);
      drawn = 0;
    }
    const bytes = pool.slice(drawn, drawn + length);
    // What has been handed out must not be found here again.
    pool.fill(0, drawn, (drawn += length));
    return bytes;
  },
};

/** A version 4 UUID (RFC 9562 §5.4), in lower case. */
export function uuid(randomness: Randomness): string {
  const bytes = randomness.bytes(16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
