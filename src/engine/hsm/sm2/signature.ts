import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { sm2 } from 'sm-crypto-v2';
import { unshared, type Bytes } from '../bytes.ts';
import { isPublicKey } from './keys.ts';

/**
 * SM2 signatures (GB/T 32918.2, GM/T 0003.2) as r ‖ s, 32 bytes each.
 *
 * A message is hashed by SM3 after Z, a hash of who signs: the default identifier `1234567812345678` (GM/T 0009,
 * clause 10), the curve, and the public key. A digest is that hash, e, already.
 */

type Hashed = 'message' | 'digest';

const numberLength = 32;

/** n, the curve's order (GB/T 32918.5). */
const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');

/** @param privateKey 32 bytes, big-endian */
export function signSm2(privateKey: Uint8Array, input: Uint8Array, kind: Hashed): Bytes {
  const signature = sm2.doSignature(input, bytesToHex(privateKey), { hash: kind === 'message' });
  return unshared(hexToBytes(signature));
}

/** Whether this is a signature. Public keys that are none verify nothing. */
export function verifySm2(
  publicKey: Uint8Array,
  input: Uint8Array,
  kind: Hashed,
  signature: Uint8Array,
): boolean {
  if (signature.length !== 2 * numberLength || !isPublicKey(publicKey)) return false;
  const hex = bytesToHex(signature);
  // GB/T 32918.2, 7.1, B1 and B2; the library leaves them to its caller.
  const numbers = [hex.slice(0, 2 * numberLength), hex.slice(2 * numberLength)];
  if (!numbers.every((number) => inRange(BigInt(`0x${number}`)))) return false;
  return sm2.doVerifySignature(input, hex, bytesToHex(publicKey), { hash: kind === 'message' });
}

function inRange(number: bigint): boolean {
  return number >= 1n && number < order;
}
