import type { Call } from '../service/service.ts';
import { parseCiphertextBlob } from '../hsm/ciphertext-blob.ts';
import { incorrectKey, invalidCiphertext, validationError } from './errors.ts';
import type { KeyReference } from './find-key.ts';
import { materials, place, type KeyRecord } from './records.ts';

/** The key that a request to decrypt is about: the one it names, or else the one that the ciphertext names. */
export function keyNamedBy(keyId: string | undefined, ciphertext: Uint8Array | undefined): KeyReference {
  if (keyId !== undefined) return keyId;
  if (!ciphertext) throw validationError('KeyId is required when the ciphertext is ignored.');
  const blob = parseCiphertextBlob(ciphertext);
  if (!blob) throw invalidCiphertext();
  return { materialId: blob.materialId };
}

/**
 * Which of the key's backing keys made the ciphertext. `undefined` for asymmetric keys, whose ciphertext
 * does not say. Throws IncorrectKeyException when another KMS key made it.
 */
export function backingKeyOf(call: Call, key: KeyRecord, ciphertext: Uint8Array): string | undefined {
  if (key.spec !== 'SYMMETRIC_DEFAULT') return undefined;
  const blob = parseCiphertextBlob(ciphertext);
  if (!blob) throw invalidCiphertext();
  const owner = call.transaction.get(materials, `${key.region}/${blob.materialId}`);
  if (owner === undefined) throw invalidCiphertext();
  if (owner !== place(key) + key.keyId) throw incorrectKey();
  return blob.materialId;
}
