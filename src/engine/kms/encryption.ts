import type { EncryptionAlgorithm, EncryptionContext, ForRecipient } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { openFromStore, sealInStore } from './custom-key-stores/cipher.ts';
import { encloseFor } from './enclosing.ts';
import { accept, auditMaterial, cipherSide } from './module.ts';
import type { Rooms } from './operation.ts';
import { currentMaterial, type KeyRecord } from './records.ts';

/**
 * Encryption under a KMS key, wherever its material is: in the module; in a CloudHSM cluster, which does all of
 * it; or both in the module, which encrypts first, and in an external key that encrypts what comes out.
 */

export interface Terms {
  algorithm: EncryptionAlgorithm;
  context: EncryptionContext | undefined;
}

/** Whether the module has no part in it. */
export function isInCluster(key: KeyRecord): boolean {
  return key.origin === 'AWS_CLOUDHSM';
}

/** What the module has encrypted, encrypted once more by the external key where there is one. */
export async function encryptedOutside(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  terms: Terms,
  inner: Uint8Array,
): Promise<Uint8Array> {
  return key.origin === 'EXTERNAL_KEY_STORE' ? sealInStore(call, rooms, key, terms, inner) : inner;
}

/** The reverse of `encryptedOutside`: what the module can decrypt. */
export async function decryptedOutside(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  terms: Terms,
  outer: Uint8Array,
): Promise<Uint8Array> {
  return key.origin === 'EXTERNAL_KEY_STORE' ? openFromStore(call, rooms, key, terms, outer) : outer;
}

/** Encrypts 1–4096 bytes. */
export async function encryptUnder(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  { plaintext, ...terms }: Terms & { plaintext: Uint8Array },
): Promise<Encrypted> {
  if (isInCluster(key)) {
    const ciphertext = await sealInStore(call, rooms, key, terms, plaintext);
    return { ciphertext, materialId: currentMaterial(key)?.id ?? '' };
  }
  const side = cipherSide(call, key, terms);
  const result = await rooms.hsm.encrypt({ ...side, plaintext, watched: call.trace.watched });
  const { ciphertext } = accept(call, result, key);
  auditMaterial(call, key, side.token.materialId);
  return {
    ciphertext: await encryptedOutside(call, rooms, key, terms, ciphertext),
    materialId: side.token.materialId,
  };
}

/** A ciphertext, and the backing key that made it. */
export interface Encrypted {
  ciphertext: Uint8Array;
  materialId: string;
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
  rooms: Rooms,
  key: KeyRecord,
  { ciphertext, recipient, ...terms }: Terms & { ciphertext: Uint8Array } & ForRecipient,
): Promise<Opened> {
  if (isInCluster(key)) {
    const plaintext = await openFromStore(call, rooms, key, terms, ciphertext);
    const materialId = currentMaterial(key)?.id ?? '';
    if (!recipient) return { plaintext, materialId };
    return { ...(await encloseFor(call, rooms, recipient, plaintext)), materialId };
  }
  const inner = await decryptedOutside(call, rooms, key, terms, ciphertext);
  const side = cipherSide(call, key, { ...terms, ciphertext: inner });
  const { watched } = call.trace;
  const result = await rooms.hsm.decrypt({
    ...side,
    ciphertext: inner,
    watched,
    ...(recipient && { recipient }),
  });
  const { plaintext, ciphertextForRecipient } = accept(call, result, key);
  const { materialId } = side.token;
  auditMaterial(call, key, materialId);
  return {
    ...(plaintext && { plaintext }),
    ...(ciphertextForRecipient && { ciphertextForRecipient }),
    materialId,
  };
}
