/** The encodings of RFC 8017 around RSA's primitives. */
import { objectId, nothing, octets, sequence } from '../asn1/der.ts';
import type { Digest } from '../digests.ts';
import { Failure, joined } from '../io.ts';
import { bitsOf, sizeOf, usePrivate, usePublic, type RsaPrivateKey, type RsaPublicKey } from './rsa.ts';

const tooLarge = () => new Failure('Public Key operation error');

/** RSAES-OAEP (7.1), without a label. */
export interface OaepDigests {
  digest: Digest;
  maskDigest: Digest;
}

export function encryptOaep(
  key: RsaPublicKey,
  message: Uint8Array,
  how: OaepDigests,
): Uint8Array<ArrayBuffer> {
  const { hash } = how.digest;
  const room = sizeOf(key) - 2 * hash.outputLen - 2;
  if (message.length > room) throw tooLarge();
  const zeros = new Uint8Array(room - message.length);
  const block = joined([hash(new Uint8Array()), zeros, Uint8Array.of(1), message]);
  const seed = crypto.getRandomValues(new Uint8Array(hash.outputLen));
  const maskedBlock = masked(block, seed, how.maskDigest);
  const maskedSeed = masked(seed, maskedBlock, how.maskDigest);
  return usePublic(key, joined([Uint8Array.of(0), maskedSeed, maskedBlock]));
}

export function decryptOaep(
  key: RsaPrivateKey,
  message: Uint8Array,
  how: OaepDigests,
): Uint8Array<ArrayBuffer> {
  const { hash } = how.digest;
  const encoded = usePrivate(key, message);
  const maskedBlock = encoded.subarray(1 + hash.outputLen);
  const seed = masked(encoded.subarray(1, 1 + hash.outputLen), maskedBlock, how.maskDigest);
  const block = masked(maskedBlock, seed, how.maskDigest);
  const labelMatches = hash(new Uint8Array()).every((byte, index) => byte === block[index]);
  const end = block.indexOf(1, hash.outputLen);
  const isBlank = block.subarray(hash.outputLen, end).every((byte) => byte === 0);
  if (encoded[0] !== 0 || !labelMatches || end < 0 || !isBlank) throw tooLarge();
  return block.slice(end + 1);
}

/** RSAES-PKCS1-v1_5 (7.2). */
export function encryptPkcs1(key: RsaPublicKey, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const padding = sizeOf(key) - message.length - 3;
  if (padding < 8) throw tooLarge();
  const random = crypto.getRandomValues(new Uint8Array(padding)).map((byte) => byte || 1);
  return usePublic(key, joined([Uint8Array.of(0, 2), random, Uint8Array.of(0), message]));
}

export function decryptPkcs1(key: RsaPrivateKey, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const block = usePrivate(key, message);
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) throw tooLarge();
  return block.slice(end + 1);
}

/** EMSA-PKCS1-v1_5 (9.2) of a hash; without a digest's name, what is signed stands there bare. */
export function signPkcs1(
  key: RsaPrivateKey,
  hash: Uint8Array,
  digest: Digest | undefined,
): Uint8Array<ArrayBuffer> {
  return usePrivate(key, pkcs1Block(key, hash, digest));
}

export function verifyPkcs1(
  key: RsaPublicKey,
  hash: Uint8Array,
  signature: Uint8Array,
  digest: Digest | undefined,
): boolean {
  return (
    signature.length === sizeOf(key) && areEqual(usePublic(key, signature), pkcs1Block(key, hash, digest))
  );
}

function pkcs1Block(
  key: RsaPublicKey,
  hash: Uint8Array,
  digest: Digest | undefined,
): Uint8Array<ArrayBuffer> {
  const info = digest ? sequence(sequence(objectId(digest.id), nothing), octets(hash)) : hash;
  const padding = sizeOf(key) - info.length - 3;
  if (padding < 8) throw tooLarge();
  return joined([Uint8Array.of(0, 1), new Uint8Array(padding).fill(0xff), Uint8Array.of(0), info]);
}

export interface PssParameters {
  digest: Digest;
  maskDigest: Digest;
  /** In bytes; `max`: as long as the key has room for; `auto`: whatever it is, in verification. */
  saltLength: number | 'max' | 'auto';
}

/** EMSA-PSS (9.1). */
export function signPss(key: RsaPrivateKey, hash: Uint8Array, how: PssParameters): Uint8Array<ArrayBuffer> {
  const bits = bitsOf(key.modulus) - 1;
  const length = Math.ceil(bits / 8);
  const room = length - hash.length - 2;
  const saltLength = typeof how.saltLength === 'number' ? how.saltLength : room;
  if (saltLength > room) throw tooLarge();
  const salt = crypto.getRandomValues(new Uint8Array(saltLength));
  const h = how.digest.hash(joined([new Uint8Array(8), hash, salt]));
  const block = joined([new Uint8Array(room - saltLength), Uint8Array.of(1), salt]);
  const maskedBlock = masked(block, h, how.maskDigest);
  maskedBlock[0]! &= 0xff >> (8 * length - bits);
  return usePrivate(key, joined([maskedBlock, h, Uint8Array.of(0xbc)]));
}

export function verifyPss(
  key: RsaPublicKey,
  hash: Uint8Array,
  signature: Uint8Array,
  how: PssParameters,
): boolean {
  if (signature.length !== sizeOf(key)) return false;
  const bits = bitsOf(key.modulus) - 1;
  const length = Math.ceil(bits / 8);
  const encoded = usePublic(key, signature).slice(-length);
  if (encoded.at(-1) !== 0xbc) return false;
  const h = encoded.subarray(length - hash.length - 1, length - 1);
  const block = masked(encoded.subarray(0, length - hash.length - 1), h, how.maskDigest);
  block[0]! &= 0xff >> (8 * length - bits);
  const start = block.findIndex((byte) => byte !== 0);
  const salt = block.subarray(start + 1);
  const room = length - hash.length - 2;
  const expected = how.saltLength === 'max' ? room : how.saltLength;
  if (block[start] !== 1 || (expected !== 'auto' && salt.length !== expected)) return false;
  return areEqual(how.digest.hash(joined([new Uint8Array(8), hash, salt])), h);
}

/** XOR with MGF1 (B.2.1). */
function masked(bytes: Uint8Array, seed: Uint8Array, { hash }: Digest): Uint8Array<ArrayBuffer> {
  const mask: Uint8Array[] = [];
  for (let counter = 0; counter * hash.outputLen < bytes.length; counter++) {
    mask.push(hash(joined([seed, Uint8Array.of(counter >> 24, counter >> 16, counter >> 8, counter)])));
  }
  const all = joined(mask);
  return Uint8Array.from(bytes, (byte, index) => byte ^ all[index]!);
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
