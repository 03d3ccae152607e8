import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { sm2 } from 'sm-crypto-v2';
import type { Randomness } from '../../clock/randomness.ts';
import { unshared, wipe, type Bytes } from '../bytes.ts';

/**
 * Keys of SM2, the curve of GB/T 32918.5 (GM/T 0003.5). A private key is a number of 32 bytes, big-endian; a public
 * key is an uncompressed point of 65 bytes. The library takes both as hexadecimal text, which cannot be wiped.
 */

const keyLength = 32;

/** n − 1: private keys are below it (GB/T 32918.1, 6.1). */
const limit = hexToBytes('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122');

/** Draws until the number fits (FIPS 186-5 §A.2.2), which it nearly always does at once. */
export function drawPrivateKey(randomness: Randomness): Bytes {
  let drawn = randomness.bytes(keyLength);
  while (!isPrivateKey(drawn)) drawn = randomness.bytes(keyLength);
  return drawn;
}

/** `undefined` when the bytes are no private key. */
export function publicKeyOf(privateKey: Uint8Array): Bytes | undefined {
  return isPrivateKey(privateKey)
    ? unshared(hexToBytes(sm2.getPublicKeyFromPrivateKey(bytesToHex(privateKey))))
    : undefined;
}

/** Whether the bytes are a point of the curve. */
export function isPublicKey(publicKey: Uint8Array): boolean {
  try {
    return sm2.verifyPublicKey(bytesToHex(publicKey));
  } catch {
    return false;
  }
}

/** The x coordinate of what both sides' keys make, 32 bytes. `undefined`: the public key is none. */
export function sharedSecret(privateKey: Uint8Array, publicKey: Uint8Array): Bytes | undefined {
  if (!isPublicKey(publicKey)) return undefined;
  const point = sm2.ecdh(privateKey, publicKey, false);
  const secret = point.slice(1, 1 + keyLength);
  wipe(point);
  return unshared(secret);
}

function isPrivateKey(bytes: Uint8Array): boolean {
  if (bytes.length !== keyLength || bytes.every((byte) => byte === 0)) return false;
  // Both have the same length, so the first byte that differs decides.
  const first = bytes.findIndex((byte, index) => byte !== limit[index]);
  return first >= 0 && bytes[first]! < limit[first]!;
}
