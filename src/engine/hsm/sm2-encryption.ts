import type { Bytes } from './bytes.ts';
import type { Workbench } from './command.ts';
import type { ExportedKeyToken, Refusal } from './hsm.ts';
import { lendKey } from './lent-key.ts';
import { belongsTo } from './material/material-id.ts';
import { publicKeyIn } from './material/public-key.ts';
import {
  ciphertextDecrypted,
  ciphertextRefused,
  plaintextEncrypted,
  publicKeyRefused,
} from './public-key-steps.ts';
import { bareKey } from './purposes.ts';
import { unseal } from './unseal.ts';

/** SM2PKE; `sm2/encryption.ts` says what a ciphertext is. The token is opened to encrypt, as for RSA. */

export interface Sm2Side {
  token: ExportedKeyToken;
  /** DER SubjectPublicKeyInfo; needed to encrypt. */
  publicKey?: Uint8Array;
}

/** @throws TypeError without a public key; RangeError unless the plaintext has 1–1024 bytes */
export async function encryptSm2PKE(
  bench: Workbench,
  { token, publicKey }: Sm2Side,
  plaintext: Uint8Array,
): Promise<Bytes | Refusal> {
  if (publicKey === undefined) throw new TypeError('SM2 encryption needs the public key.');
  const { encryptSm2, maximumSm2Plaintext } = await import('./sm2/encryption.ts');
  const { length } = plaintext;
  if (length < 1 || length > maximumSm2Plaintext) {
    throw new RangeError(`SM2 encrypts 1 to ${maximumSm2Plaintext} bytes by SM2PKE, not ${length}.`);
  }
  if ((await unseal(bench, token, bareKey('SM2'))) === undefined) return 'TOKEN_REJECTED';
  const point = publicKeyIn('SM2', publicKey);
  if (point === undefined || !belongsTo(token, publicKey)) {
    bench.steps?.push(publicKeyRefused(token, publicKey));
    return 'TOKEN_REJECTED';
  }
  const ciphertext = encryptSm2(point, plaintext);
  bench.steps?.push(plaintextEncrypted('SM2', 'SM2PKE', length, ciphertext));
  return ciphertext;
}

/** Gives the plaintext in an array of its own, the caller's to wipe. */
export async function decryptSm2PKE(
  bench: Workbench,
  { token }: Sm2Side,
  ciphertext: Uint8Array,
): Promise<Bytes | Refusal> {
  const { decryptSm2 } = await import('./sm2/encryption.ts');
  const lent = await lendKey(bench, token, bareKey('SM2'), (privateKey): Bytes | Refusal => {
    const plaintext = decryptSm2(privateKey, ciphertext);
    if (plaintext === undefined) return 'CIPHERTEXT_REJECTED';
    bench.steps?.push(ciphertextDecrypted('SM2', 'SM2PKE', ciphertext, plaintext.length));
    return plaintext;
  });
  if (lent === 'CIPHERTEXT_REJECTED') bench.steps?.push(ciphertextRefused('SM2PKE', ciphertext));
  return lent ?? 'TOKEN_REJECTED';
}
