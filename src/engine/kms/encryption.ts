import type { EncryptionAlgorithm, EncryptionContext, ForRecipient } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { accept, auditMaterial, cipherSide } from './module.ts';
import type { Rooms } from './operation.ts';
import type { KeyRecord } from './records.ts';

/** Encryption under a KMS key, wherever its material is: in the module, or behind a custom key store. */

export interface Terms {
  algorithm: EncryptionAlgorithm;
  context: EncryptionContext | undefined;
}

/** Encrypts 1–4096 bytes. */
export async function encryptUnder(
  call: Call,
  { hsm }: Rooms,
  key: KeyRecord,
  { plaintext, ...terms }: Terms & { plaintext: Uint8Array },
): Promise<Uint8Array> {
  const side = cipherSide(call, key, terms);
  const result = await hsm.encrypt({ ...side, plaintext, watched: call.trace.watched });
  const { ciphertext } = accept(call, result, key);
  auditMaterial(call, key, side.token.materialId);
  return ciphertext;
}

/** What a decryption gives: the plaintext, or the same for an enclave alone; and the backing key that did it. */
export interface Opened {
  plaintext?: Uint8Array;
  ciphertextForRecipient?: Uint8Array;
  materialId: string;
}

/** Throws InvalidCiphertextException, or IncorrectKeyException for a ciphertext of another key. */
export async function decryptUnder(
  call: Call,
  { hsm }: Rooms,
  key: KeyRecord,
  { ciphertext, recipient, ...terms }: Terms & { ciphertext: Uint8Array } & ForRecipient,
): Promise<Opened> {
  const side = cipherSide(call, key, { ...terms, ciphertext });
  const { watched } = call.trace;
  const result = await hsm.decrypt({ ...side, ciphertext, watched, ...(recipient && { recipient }) });
  const { plaintext, ciphertextForRecipient } = accept(call, result, key);
  const { materialId } = side.token;
  auditMaterial(call, key, materialId);
  return {
    ...(plaintext && { plaintext }),
    ...(ciphertextForRecipient && { ciphertextForRecipient }),
    materialId,
  };
}
