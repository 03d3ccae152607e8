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
  framed[magic.length] = length >> 8;
  framed[magic.length + 1] = length & 0xff;
  framed.set(plaintext, frameLength);
  return framed;
}

/** A copy of the framed plaintext; `undefined` when these bytes are not a frame. */
export function unframe(framed: Bytes): Bytes | undefined {
  if (framed.length <= frameLength) return undefined;
  for (let index = 0; index < magic.length; index++) if (framed[index] !== magic[index]) return undefined;
  const length = (framed[magic.length]! << 8) | framed[magic.length + 1]!;
  return length === framed.length - frameLength ? framed.slice(frameLength) : undefined;
}
