import { DER } from '@noble/curves/abstract/der.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { concat, type Bytes } from '../bytes.ts';
import { integer, sequence } from '../material/der.ts';

/**
 * The two forms of a signature that is a pair of numbers: r ‖ s, each of the same length, as Web Crypto has it
 * (IEEE P1363), and DER, as KMS has it (X9.62; RFC 3279 §2.2.3, Ecdsa-Sig-Value).
 */

/** @param bare r ‖ s */
export function toDer(bare: Uint8Array): Bytes {
  const half = bare.length / 2;
  return sequence(integer(bare.subarray(0, half)), integer(bare.subarray(half)));
}

/**
 * r ‖ s. `undefined`: not the one DER encoding of two numbers, none negative, of at most `length` bytes each. So of
 * each signature one form alone is taken.
 */
export function fromDer(signature: Uint8Array, length: number): Bytes | undefined {
  let numbers: { r: bigint; s: bigint };
  try {
    // One byte more, for the zero that keeps a number from being negative.
    numbers = DER.toSig(signature, length + 1);
  } catch {
    return undefined;
  }
  const digits = [numbers.r, numbers.s].map((number) => number.toString(16).padStart(2 * length, '0'));
  if (digits.some((text) => text.length > 2 * length)) return undefined;
  return concat(...digits.map((text) => hexToBytes(text)));
}
