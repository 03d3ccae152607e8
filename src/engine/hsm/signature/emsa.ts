import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { concat, equal, type Bytes } from '../bytes.ts';
import { hashLength, type RsaScheme } from '../purposes.ts';

/**
 * How a hash becomes the number that RSA signs (RFC 8017 §9), for digests made elsewhere: Web Crypto wants
 * to hash the message itself. All lengths in bytes unless they say bits.
 */

type SigningHash = RsaScheme['hash'];

const hashes = { 'SHA-256': sha256, 'SHA-384': sha384, 'SHA-512': sha512 };

/** DER of DigestInfo up to the hash: OID, NULL, OCTET STRING header (RFC 8017 §9.2, note 1). */
const digestInfoPrefix: Record<SigningHash, Uint8Array> = {
  'SHA-256': digestInfo(1, 32),
  'SHA-384': digestInfo(2, 48),
  'SHA-512': digestInfo(3, 64),
};

function digestInfo(oidSuffix: number, length: number): Uint8Array {
  const oid = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, oidSuffix];
  return Uint8Array.of(0x30, 17 + length, 0x30, 13, ...oid, 0x05, 0x00, 0x04, length);
}

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2): `00 01 FF … FF 00 DigestInfo`. */
export function encodePkcs1(hash: SigningHash, digest: Uint8Array, length: number): Bytes {
  const info = concat(digestInfoPrefix[hash], digest);
  const encoded = new Uint8Array(length).fill(0xff);
  encoded.set([0x00, 0x01], 0);
  encoded[length - info.length - 1] = 0x00;
  encoded.set(info, length - info.length);
  return encoded;
}

/**
 * EMSA-PSS-ENCODE (RFC 8017 §9.1.1), with MGF1 over the same hash.
 * @param salt as long as the hash in KMS
 * @param bits the modulus's length in bits, less one
 */
export function encodePss(hash: SigningHash, digest: Uint8Array, salt: Uint8Array, bits: number): Bytes {
  const length = Math.ceil(bits / 8);
  const h = pssHash(hash, digest, salt);
  const block = new Uint8Array(length - h.length - 1);
  block[block.length - salt.length - 1] = 0x01;
  block.set(salt, block.length - salt.length);
  xor(block, mgf1(hash, h, block.length));
  block[0]! &= topMask(bits);
  return concat(block, h, Uint8Array.of(0xbc));
}

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2), for a salt as long as the hash. `bits` as in `encodePss`. */
export function verifyPss(hash: SigningHash, digest: Uint8Array, encoded: Uint8Array, bits: number): boolean {
  const saltLength = hashLength[hash];
  const blockLength = encoded.length - hashLength[hash] - 1;
  if (blockLength < saltLength + 1 || encoded.at(-1) !== 0xbc) return false;
  const block = encoded.slice(0, blockLength);
  const h = encoded.slice(blockLength, -1);
  if ((block[0]! & ~topMask(bits)) !== 0) return false;
  xor(block, mgf1(hash, h, blockLength));
  block[0]! &= topMask(bits);

  const padding = block.subarray(0, -saltLength - 1);
  if (padding.some((byte) => byte !== 0) || block.at(-saltLength - 1) !== 0x01) return false;
  return equal(h, pssHash(hash, digest, block.subarray(-saltLength)));
}

function pssHash(hash: SigningHash, digest: Uint8Array, salt: Uint8Array): Uint8Array {
  return hashes[hash](concat(new Uint8Array(8), digest, salt));
}

/** MGF1 (RFC 8017 §B.2.1). */
function mgf1(hash: SigningHash, seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(Math.ceil(length / hashLength[hash]) * hashLength[hash]);
  const input = concat(seed, new Uint8Array(4));
  const counter = new DataView(input.buffer, seed.length);
  for (let block = 0; block * hashLength[hash] < length; block++) {
    counter.setUint32(0, block);
    mask.set(hashes[hash](input), block * hashLength[hash]);
  }
  return mask.subarray(0, length);
}

function xor(target: Uint8Array, mask: Uint8Array): void {
  for (let index = 0; index < target.length; index++) target[index]! ^= mask[index]!;
}

/** Keeps the bits of the first byte that a number of `bits` bits may use. */
function topMask(bits: number): number {
  return 0xff >> (8 * Math.ceil(bits / 8) - bits);
}
