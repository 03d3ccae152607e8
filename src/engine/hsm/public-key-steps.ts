import type { Step } from '../trace/trace.ts';
import type { ExportedKeyToken } from './hsm.ts';
import { made, read, step, wall } from './steps.ts';

/** What the module says to the glass of encryption, agreement and encapsulation with key pairs. */

/** @param by the scheme, as the first word of a sentence */
export function plaintextEncrypted(
  by: string,
  algorithm: string,
  plaintextLength: number,
  ciphertext: Uint8Array,
): Step {
  return step(
    `${by} encrypts the plaintext under the public key.`,
    [read('Algorithm', algorithm), read('Plaintext length', plaintextLength)],
    [made('Ciphertext', ciphertext)],
  );
}

export function publicKeyRefused(token: ExportedKeyToken, publicKey: Uint8Array): Step {
  return wall('The public key is not that of the token.', [
    read('Public key', publicKey),
    read('Key material id', token.materialId),
  ]);
}

/** @param by the scheme, as the first word of a sentence */
export function ciphertextDecrypted(
  by: string,
  algorithm: string,
  ciphertext: Uint8Array,
  plaintextLength: number,
): Step {
  return step(
    `${by} opens the ciphertext with the private key.`,
    [read('Algorithm', algorithm), read('Ciphertext', ciphertext)],
    [made('Plaintext length', plaintextLength)],
  );
}

export function ciphertextRefused(algorithm: string, ciphertext: Uint8Array): Step {
  return wall('The ciphertext does not open.', [
    read('Algorithm', algorithm),
    read('Ciphertext', ciphertext),
  ]);
}

export function secretAgreed({ spec }: ExportedKeyToken, publicKey: Uint8Array, length: number): Step {
  return step(
    "The private key and the other side's public key make a shared secret.",
    [read('Algorithm', 'ECDH'), read('Curve', spec), read('Public key', publicKey)],
    [made('Shared secret length', length)],
  );
}

export function otherKeyRefused({ spec }: ExportedKeyToken, publicKey: Uint8Array): Step {
  return wall("The other side's public key is no point on the curve of the key.", [
    read('Curve', spec),
    read('Public key', publicKey),
  ]);
}

export function secretEncapsulated({ spec }: ExportedKeyToken, length: number, ciphertext: Uint8Array): Step {
  return step(
    'ML-KEM makes a shared secret and encapsulates it under the public key.',
    [read('Parameter set', spec)],
    [made('Shared secret length', length), made('Ciphertext', ciphertext)],
  );
}

export function secretDecapsulated({ spec }: ExportedKeyToken, ciphertext: Uint8Array, length: number): Step {
  return step(
    'ML-KEM decapsulates the ciphertext with the private key.',
    [read('Parameter set', spec), read('Ciphertext', ciphertext)],
    [made('Shared secret length', length)],
  );
}
