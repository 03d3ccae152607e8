import { equal, type Bytes } from '../bytes.ts';
import { bitString, sequence } from './der.ts';
import { keyFormats, type FixedLengthSpec } from './key-formats.ts';

/** DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7) around a public key's bytes. */
export function spkiOf(spec: FixedLengthSpec, publicKey: Uint8Array): Bytes {
  return sequence(keyFormats[spec].algorithm, bitString(publicKey));
}

/**
 * The public key's bytes in a SubjectPublicKeyInfo. `undefined`: it is none of this spec, or not the one DER
 * encoding of it. Whether they are a key (a point on the curve) is not looked at.
 */
export function publicKeyIn(spec: FixedLengthSpec, spki: Uint8Array): Bytes | undefined {
  const { publicLength } = keyFormats[spec];
  const header = spkiOf(spec, new Uint8Array(publicLength)).subarray(0, -publicLength);
  if (spki.length !== header.length + publicLength) return undefined;
  return equal(spki.subarray(0, header.length), header)
    ? new Uint8Array(spki.subarray(header.length))
    : undefined;
}
