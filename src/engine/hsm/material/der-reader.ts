import { DER } from '@noble/curves/abstract/der.js';

/** A little of DER (X.690), to read keys with: definite lengths in their shortest form, or an error. */

/**
 * The content of the element with this tag that `bytes` begin with, and what follows it.
 * @throws DERErr when they begin with no such element
 */
export function take(tag: number, bytes: Uint8Array): { content: Uint8Array; rest: Uint8Array } {
  const { v: content, l: rest } = DER._tlv.decode(tag, bytes);
  return { content, rest };
}

/**
 * The content of the element with this tag that `bytes` are.
 * @throws DERErr when they are no such element, or more
 */
export function only(tag: number, bytes: Uint8Array): Uint8Array {
  const { content, rest } = take(tag, bytes);
  if (rest.length > 0) throw new DER.Err('Bytes after the end.');
  return content;
}

/**
 * A number that is not negative, from an INTEGER's content.
 * @throws DERErr for any other content
 */
export function numberOf(content: Uint8Array): bigint {
  return DER._int.decode(content);
}
