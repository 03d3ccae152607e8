import { hexToBytes } from '@noble/hashes/utils.js';
import { concat, type Bytes } from '../bytes.ts';
import { derLengthOctets, writeDerLength } from '../der-length.ts';

/** A little of DER (X.690), to write keys in. Contents have fewer than 65,536 bytes. */

export function element(tag: number, ...content: readonly Uint8Array[]): Bytes {
  const whole = concat(...content);
  const header = new Uint8Array(1 + derLengthOctets(whole.length));
  header[0] = tag;
  writeDerLength(header, 1, whole.length);
  return concat(header, whole);
}

export function sequence(...members: readonly Uint8Array[]): Bytes {
  return element(0x30, ...members);
}

/** A whole number of 0 to 127. */
export function smallInteger(value: number): Bytes {
  return element(0x02, Uint8Array.of(value));
}

/** A number given as big-endian bytes, not negative (X.690 §8.3: no needless zero, and no first bit set). */
export function integer(bigEndian: Uint8Array): Bytes {
  let start = 0;
  while (start < bigEndian.length - 1 && bigEndian[start] === 0) start++;
  const shortest = bigEndian.subarray(start);
  return shortest[0]! < 0x80 ? element(0x02, shortest) : element(0x02, Uint8Array.of(0), shortest);
}

export function octetString(bytes: Uint8Array): Bytes {
  return element(0x04, bytes);
}

/** A BIT STRING of whole bytes. */
export function bitString(bytes: Uint8Array): Bytes {
  return element(0x03, Uint8Array.of(0), bytes);
}

/** @param hex the identifier's content octets */
export function objectIdentifier(hex: string): Bytes {
  return element(0x06, hexToBytes(hex));
}
