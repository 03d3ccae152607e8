import { unshared, type Bytes } from './bytes.ts';
import type { Workbench } from './command.ts';
import type { BackingKeySpec, ExportedKeyToken, Refusal, RsaSpec } from './hsm.ts';
import { belongsTo } from './material/material-id.ts';
import { modulusBits } from './material/rsa.ts';
import {
  ciphertextDecrypted,
  ciphertextRefused,
  plaintextEncrypted,
  publicKeyRefused,
} from './public-key-steps.ts';
import { hashLength, rsaDecryption, rsaEncryption, type RsaEncryptionAlgorithm } from './purposes.ts';
import { unseal } from './unseal.ts';

/** RSAES-OAEP (RFC 8017 §7.1) with an empty label, by Web Crypto. */

export interface RsaSide {
  token: ExportedKeyToken;
  algorithm: RsaEncryptionAlgorithm;
  /** DER SubjectPublicKeyInfo; needed to encrypt. */
  publicKey?: Uint8Array;
}

/**
 * Encrypts under the public key. The private key is not needed for that; the token is opened all the same, so
 * that nothing is ever encrypted that this module could not decrypt again.
 * @throws TypeError without a public key; RangeError for a plaintext that is too long
 */
export async function encryptRsa(
  bench: Workbench,
  { token, algorithm, publicKey }: RsaSide,
  plaintext: Uint8Array,
): Promise<Bytes | Refusal> {
  if (publicKey === undefined) throw new TypeError('RSA encryption needs the public key.');
  if (isRsa(token.spec)) requireFitting(plaintext.length, token.spec, algorithm);
  if ((await unseal(bench, token, rsaDecryption(algorithm))) === undefined) return 'TOKEN_REJECTED';
  if (!belongsTo(token, publicKey)) {
    bench.steps?.push(publicKeyRefused(token, publicKey));
    return 'TOKEN_REJECTED';
  }

  const scheme = rsaEncryption[algorithm];
  const key = await crypto.subtle.importKey('spki', unshared(publicKey), scheme, false, ['encrypt']);
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt('RSA-OAEP', key, unshared(plaintext)));
  bench.steps?.push(plaintextEncrypted('RSA-OAEP', algorithm, plaintext.length, ciphertext));
  return ciphertext;
}

/** Gives the plaintext in an array of its own, the caller's to wipe. */
export async function decryptRsa(
  bench: Workbench,
  { token, algorithm }: RsaSide,
  ciphertext: Uint8Array,
): Promise<Bytes | Refusal> {
  const key = await unseal(bench, token, rsaDecryption(algorithm));
  if (key === undefined) return 'TOKEN_REJECTED';
  try {
    const plaintext = new Uint8Array(await crypto.subtle.decrypt('RSA-OAEP', key, unshared(ciphertext)));
    bench.steps?.push(ciphertextDecrypted('RSA-OAEP', algorithm, ciphertext, plaintext.length));
    return plaintext;
  } catch {
    bench.steps?.push(ciphertextRefused(algorithm, ciphertext));
    return 'CIPHERTEXT_REJECTED';
  }
}

/** A plaintext has at most k − 2·hLen − 2 bytes (RFC 8017 §7.1.1). */
function requireFitting(length: number, spec: RsaSpec, algorithm: RsaEncryptionAlgorithm): void {
  const limit = modulusBits[spec] / 8 - 2 * hashLength[rsaEncryption[algorithm].hash] - 2;
  if (length < 1 || length > limit) {
    throw new RangeError(`${spec} encrypts 1 to ${limit} bytes by ${algorithm}, not ${length}.`);
  }
}

function isRsa(spec: BackingKeySpec): spec is RsaSpec {
  return spec in modulusBits;
}
