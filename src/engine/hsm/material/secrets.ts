import { unshared, wipe } from '../bytes.ts';
import type { HmacSpec } from '../hsm.ts';
import type { Family } from './material.ts';
import { rawHandle } from './raw-handle.ts';

type SecretSpec = 'SYMMETRIC_DEFAULT' | HmacSpec;

/** Bytes of a new key; an HMAC key is as long as the hash's output (FIPS 198-1 §3). */
const lengths: Record<SecretSpec, number> = {
  SYMMETRIC_DEFAULT: 32,
  HMAC_224: 28,
  HMAC_256: 32,
  HMAC_384: 48,
  HMAC_512: 64,
};

/** AWS KMS Developer Guide, "Requirements for imported key material": HMAC keys have up to 1024 bits. */
const maximumHmacLength = 128;

/** Keys that are nothing but random bytes. */
export const secrets: Family<SecretSpec> = {
  async generate(spec, { randomness, seeded }) {
    const length = lengths[spec];
    if (!seeded) {
      const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 8 * length };
      return { key: await crypto.subtle.generateKey(algorithm, true, ['sign']) };
    }
    const bytes = randomness.bytes(length);
    const key = await rawHandle(bytes);
    wipe(bytes);
    return { key };
  },

  async adopt(spec, bytes) {
    const longest = spec === 'SYMMETRIC_DEFAULT' ? lengths[spec] : maximumHmacLength;
    if (bytes.length < lengths[spec] || bytes.length > longest) return undefined;
    return { key: await rawHandle(unshared(bytes)) };
  },
};
