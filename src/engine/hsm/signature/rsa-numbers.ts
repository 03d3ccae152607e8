import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Randomness } from '../../clock/randomness.ts';
import type { Bytes } from '../bytes.ts';

/**
 * RSA on plain numbers (RFC 8017 §5), because Web Crypto signs messages only and KMS also signs ready-made
 * digests. This file and `rsa-digest.ts`, its only user, are the one place where an RSA private key's numbers
 * exist as JavaScript values, for the time of one call (`lent-key.ts`). BigInt arithmetic is not constant-time and its
 * values cannot be overwritten; the input is blinded, so that timing says nothing about it and the key together.
 */

export interface RsaPublicNumbers {
  n: bigint;
  e: bigint;
  /** Length of n in bits. */
  bits: number;
}

export interface RsaPrivateNumbers extends RsaPublicNumbers {
  p: bigint;
  q: bigint;
  dp: bigint;
  dq: bigint;
  qInverse: bigint;
}

/** The numbers of an RSA public key (RFC 7518 §6.3.1). */
export function publicNumbers(key: JsonWebKey): RsaPublicNumbers {
  const n = member(key.n);
  return { n, e: member(key.e), bits: n.toString(2).length };
}

/** The numbers of an RSA private key with its Chinese remainder parameters (RFC 7518 §6.3.2). */
export function privateNumbers(key: JsonWebKey): RsaPrivateNumbers {
  return {
    ...publicNumbers(key),
    p: member(key.p),
    q: member(key.q),
    dp: member(key.dp),
    dq: member(key.dq),
    qInverse: member(key.qi),
  };
}

/**
 * Whether the numbers of a private key belong together (RFC 8017 §3.2; SP 800-56B Rev. 2, §6.4.1.2.3): not every
 * platform looks at that. Primes are taken for primes.
 */
export function belongTogether(key: JsonWebKey): boolean {
  const { n, e, p, q, dp, dq, qInverse } = privateNumbers(key);
  const d = member(key.d);
  return (
    [e, p, q].every((number) => number > 1n) &&
    p * q === n &&
    (e * dp) % (p - 1n) === 1n &&
    (e * dq) % (q - 1n) === 1n &&
    d % (p - 1n) === dp &&
    d % (q - 1n) === dq &&
    (qInverse * q) % p === 1n
  );
}

/** m^e mod n (RSAVP1, RFC 8017 §5.2.2). `undefined` when `m` is not below n. */
export function publicOperation({ n, e }: RsaPublicNumbers, m: bigint): bigint | undefined {
  return m < n ? power(m, e, n) : undefined;
}

/**
 * m^d mod n by Chinese remainders (RSASP1, RFC 8017 §5.2.1), blinded by a random factor.
 * @throws Error when the result does not check: a miscalculated signature would give away the factors of n
 *   (Boneh, DeMillo, Lipton 1997), so it never leaves
 */
export function privateOperation(key: RsaPrivateNumbers, m: bigint, randomness: Randomness): bigint {
  const { n, e, p, q, dp, dq, qInverse } = key;
  const blind = (toNumber(randomness.bytes(Math.ceil(key.bits / 8) + 8)) % (n - 2n)) + 2n;
  const blinded = (m * power(blind, e, n)) % n;

  const sp = power(blinded % p, dp, p);
  const sq = power(blinded % q, dq, q);
  const h = (qInverse * (sp - (sq % p) + p)) % p;
  const signature = ((sq + h * q) * inverse(blind, n)) % n;

  if (power(signature, e, n) !== m) throw new Error('The RSA calculation failed its own check.');
  return signature;
}

/** OS2IP (RFC 8017 §4.2). */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** I2OSP (RFC 8017 §4.1). */
export function toBytes(number: bigint, length: number): Bytes {
  return new Uint8Array(hexToBytes(number.toString(16).padStart(2 * length, '0')));
}

/** A number in a JSON Web Key: big-endian bytes in Base64url (RFC 7518 §2, Base64urlUInt). */
function member(text: string | undefined): bigint {
  if (text === undefined) throw new TypeError('Not a whole RSA key.');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return toNumber(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

/** base^exponent mod modulus, four bits of the exponent at a time. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n];
  for (let index = 1; index < 16; index++) powers.push((powers[index - 1]! * base) % modulus);
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus;
    result = (result * powers[parseInt(digit, 16)]!) % modulus;
  }
  return result;
}

/** a^-1 mod modulus, by the extended Euclidean algorithm. */
function inverse(a: bigint, modulus: bigint): bigint {
  let [remainder, next] = [modulus, a];
  let [coefficient, nextCoefficient] = [0n, 1n];
  while (next !== 0n) {
    const quotient = remainder / next;
    [remainder, next] = [next, remainder - quotient * next];
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
  }
  if (remainder !== 1n) throw new Error('The RSA calculation failed its own check.');
  return coefficient < 0n ? coefficient + modulus : coefficient;
}
