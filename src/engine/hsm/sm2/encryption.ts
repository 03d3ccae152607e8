import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { sm2 } from 'sm-crypto-v2';
import { equal, unshared, type Bytes } from '../bytes.ts';
import { integer, octetString, sequence } from '../material/der.ts';
import { numberOf, only, take } from '../material/der-reader.ts';
import { isPublicKey } from './keys.ts';

/**
 * Encryption under SM2 (GB/T 32918.4, GM/T 0003.4). A ciphertext is DER (GM/T 0009, clause 7.2):
 *
 *     SM2Cipher ::= SEQUENCE { x INTEGER, y INTEGER, hash OCTET STRING, cipher OCTET STRING }
 *
 * x and y are the sender's point C1, the hash is C3, and `cipher`, C2, is as long as the plaintext.
 */

/** What SM2PKE takes at most (AWS KMS API Reference, Encrypt, Plaintext). */
export const maximumSm2Plaintext = 1024;

const coordinateLength = 32;
const hashLength = 32;

/** @param publicKey a point of the curve, uncompressed */
export function encryptSm2(publicKey: Uint8Array, plaintext: Uint8Array): Bytes {
  const hashOffset = 2 * coordinateLength;
  // x ‖ y ‖ C3 ‖ C2.
  const parts = hexToBytes(sm2.doEncrypt(plaintext, bytesToHex(publicKey)));
  // A key stream of zeros, not rare for a plaintext of one byte, hides nothing (GB/T 32918.4, 6.1, A5).
  if (equal(parts.subarray(hashOffset + hashLength), plaintext)) return encryptSm2(publicKey, plaintext);
  return sequence(
    integer(parts.subarray(0, coordinateLength)),
    integer(parts.subarray(coordinateLength, hashOffset)),
    octetString(parts.subarray(hashOffset, hashOffset + hashLength)),
    octetString(parts.subarray(hashOffset + hashLength)),
  );
}

/**
 * The plaintext, in an array of its own, the caller's to wipe. `undefined`: the ciphertext is none, or was altered,
 * or is under another key.
 * @param privateKey 32 bytes, big-endian
 */
export function decryptSm2(privateKey: Uint8Array, ciphertext: Uint8Array): Bytes | undefined {
  const parts = partsOf(ciphertext);
  if (parts === undefined) return undefined;
  const plaintext = sm2.doDecrypt(parts, bytesToHex(privateKey), 1, { output: 'array' });
  // The library answers a hash that does not match with no bytes.
  return plaintext.length > 0 ? unshared(plaintext) : undefined;
}

/** x ‖ y ‖ C3 ‖ C2 in hexadecimal, as the library wants it. */
function partsOf(ciphertext: Uint8Array): string | undefined {
  try {
    const x = take(0x02, only(0x30, ciphertext));
    const y = take(0x02, x.rest);
    const hash = take(0x04, y.rest);
    const cipher = only(0x04, hash.rest);
    if (hash.content.length !== hashLength) return undefined;
    const point = coordinate(x.content) + coordinate(y.content);
    // A point off the curve would give the private key away, part by part.
    if (!isPublicKey(hexToBytes(`04${point}`))) return undefined;
    return point + bytesToHex(hash.content) + bytesToHex(cipher);
  } catch {
    return undefined;
  }
}

function coordinate(content: Uint8Array): string {
  return numberOf(content)
    .toString(16)
    .padStart(2 * coordinateLength, '0');
}
