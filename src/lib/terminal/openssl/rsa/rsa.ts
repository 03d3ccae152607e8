/**
 * RSA's primitives as RFC 8017 has them. Web Crypto has RSA only together with hashing, and `pkeyutl` signs hashes that
 * exist already; so the arithmetic stands here, in whole numbers. It takes no care of how long it takes: the keys are
 * those of the learner's own files.
 */
import { bytesOf, numberOf } from '../asn1/der.ts';

export interface RsaPublicKey {
  modulus: bigint;
  exponent: bigint;
}

export interface RsaPrivateKey extends RsaPublicKey {
  privateExponent: bigint;
  prime1: bigint;
  prime2: bigint;
  exponent1: bigint;
  exponent2: bigint;
  coefficient: bigint;
}

/** Length of the modulus in bytes. */
export function sizeOf({ modulus }: RsaPublicKey): number {
  return Math.ceil(bitsOf(modulus) / 8);
}

export function bitsOf(value: bigint): number {
  return value.toString(2).length;
}

/** RSAEP and RSAVP1. */
export function usePublic(key: RsaPublicKey, block: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytesOf(power(numberOf(block), key.exponent, key.modulus), sizeOf(key));
}

/** RSADP and RSASP1, by the Chinese remainder theorem. */
export function usePrivate(key: RsaPrivateKey, block: Uint8Array): Uint8Array<ArrayBuffer> {
  const value = numberOf(block);
  const m1 = power(value % key.prime1, key.exponent1, key.prime1);
  const m2 = power(value % key.prime2, key.exponent2, key.prime2);
  const h = ((((m1 - m2) * key.coefficient) % key.prime1) + key.prime1) % key.prime1;
  return bytesOf(m2 + key.prime2 * h, sizeOf(key));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}
