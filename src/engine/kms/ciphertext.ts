import type { Call } from '../service/service.ts';
import { parseCiphertextBlob } from '../hsm/ciphertext-blob.ts';
import { readStoreBlob } from './custom-key-stores/blob.ts';
import { incorrectKey, invalidCiphertext, validationError } from './errors.ts';
import type { KeyReference } from './find-key.ts';
import { materials, recordKey, type KeyRecord } from './records.ts';

/** Reads a symmetric ciphertext, whether the module made it or a custom key store. */
function readBlob(ciphertext: Uint8Array): { materialId: string } | undefined {
  return parseCiphertextBlob(ciphertext) ?? readStoreBlob(ciphertext);
}

/**
 * The key that a request to decrypt is about: the one it names, or else the one that the ciphertext names. A
 * bare key id may be that of the ciphertext's key in another account (KMS API Reference, Decrypt, KeyId).
 */
export function keyNamedBy(keyId: string | undefined, ciphertext: Uint8Array | undefined): KeyReference {
  const blob = ciphertext && readBlob(ciphertext);
  if (keyId !== undefined) return blob ? { materialId: blob.materialId, keyId } : keyId;
  if (!ciphertext) throw validationError('KeyId is required when the ciphertext is ignored.');
  if (!blob) throw invalidCiphertext();
  return { materialId: blob.materialId };
}

/**
 * Which of the key's backing keys made the ciphertext. `undefined` for asymmetric keys, whose ciphertext
 * does not say. Throws IncorrectKeyException when another KMS key made it.
 */
export function backingKeyOf(call: Call, key: KeyRecord, ciphertext: Uint8Array): string | undefined {
  if (key.spec !== 'SYMMETRIC_DEFAULT') return undefined;
  const blob = readBlob(ciphertext);
  if (!blob) throw invalidCiphertext();
  const owner = call.transaction.get(materials, `${key.region}/${blob.materialId}`);
  if (owner === undefined) throw invalidCiphertext();
  if (owner !== recordKey(key)) throw incorrectKey();
  return blob.materialId;
}

/** What Decrypt and ReEncrypt say of a ciphertext. */
export interface CiphertextInput {
  CiphertextBlob?: Uint8Array<ArrayBuffer>;
  DryRun?: boolean;
  DryRunModifiers?: string[];
}

/** A ciphertext may be left out only where a dry run is told to ignore it. Throws ValidationException. */
export function checkIgnoredCiphertext(input: CiphertextInput): void {
  if (isIgnored(input) && !input.DryRun) {
    throw validationError('DryRunModifiers can only be used with DryRun.');
  }
  if (!input.CiphertextBlob && !isIgnored(input)) throw validationError('CiphertextBlob is required.');
}

/** The ciphertext, unless it is missing or to be ignored: then only the caller's permission is looked at. */
export function heededCiphertext(input: CiphertextInput): Uint8Array<ArrayBuffer> | undefined {
  return isIgnored(input) ? undefined : input.CiphertextBlob;
}

function isIgnored({ DryRunModifiers }: CiphertextInput): boolean {
  return DryRunModifiers?.includes('IGNORE_CIPHERTEXT') ?? false;
}
