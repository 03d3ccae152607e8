import { utf8Bytes, type Bytes } from './bytes.ts';
import { frameLength } from './ciphertext-blob.ts';

/**
 * What is encrypted: 8 ASCII bytes `GlassKMS`, a version byte, the plaintext's length (16 bits, big-endian), the
 * plaintext. AWS's blobs hold 11 bytes besides the plaintext too; what these are is not public.
 */

const magic = utf8Bytes('GlassKMS\u0001');

/** What Encrypt takes at most (AWS KMS API Reference, Encrypt, Plaintext). */
export const maximumPlaintextLength = 4096;

/** @throws RangeError unless the plaintext has 1–4096 bytes */
export function frame(plaintext: Uint8Array): Bytes {
  const { length } = plaintext;
  if (length < 1 || length > maximumPlaintextLength) {
    throw new RangeError(`A symmetric key encrypts 1 to ${maximumPlaintextLength} bytes, not ${length}.`);
  }
  const framed = new Uint8Array(frameLength + length);
  framed.set(magic, 0);
  new DataView(framed.buffer).setUint16(magic.length, length);
  framed.set(plaintext, frameLength);
  return framed;
}

/** A copy of the framed plaintext; `undefined` when these bytes are not a frame. */
export function unframe(framed: Bytes): Bytes | undefined {
  const whole =
    framed.length > frameLength &&
    magic.every((byte, index) => framed[index] === byte) &&
    new DataView(framed.buffer, framed.byteOffset).getUint16(magic.length) === framed.length - frameLength;
  return whole ? framed.slice(frameLength) : undefined;
}
