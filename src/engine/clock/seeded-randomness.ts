import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Randomness } from './randomness.ts';

const blockLength = 32;

/**
 * Randomness that follows from a seed, for a cloud that can be made to repeat itself: whoever knows the seed knows
 * every byte. Draws of the same lengths in the same order give the same bytes, everywhere.
 *
 * Each draw is one key derivation in counter mode with HMAC-SHA-256 (NIST SP 800-108 Rev. 1, §4.1), counter first:
 * key = seed in UTF-8, Label = `label`, Context = number of the draw, 64 bits; counter and length have 32 bits.
 * @param label keeps the streams of one seed apart; without a zero character
 */
export function seededRandomness(seed: string, label: string): Randomness {
  const key = utf8ToBytes(seed);
  const labelBytes = utf8ToBytes(label);
  let draws = 0;
  return {
    bytes(length) {
      const drawn = new Uint8Array(length);
      const fixedInput = concatBytes(
        labelBytes,
        Uint8Array.of(0),
        bigEndian(draws++, 8),
        bigEndian(length * 8, 4),
      );
      for (let offset = 0, counter = 1; offset < length; offset += blockLength, counter++) {
        const block = hmac(sha256, key, concatBytes(bigEndian(counter, 4), fixedInput));
        drawn.set(block.subarray(0, length - offset), offset);
      }
      return drawn;
    },
  };
}

/** A whole number below 2⁵³. */
function bigEndian(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = length - 1, rest = value; index >= 0; index--, rest = Math.floor(rest / 256)) {
    bytes[index] = rest % 256;
  }
  return bytes;
}
