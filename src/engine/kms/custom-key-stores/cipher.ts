import type { AwsError } from '../../errors/aws-error.ts';
import type { EncryptionAlgorithm, EncryptionContext } from '../../hsm/hsm.ts';
import type { Call } from '../../service/service.ts';
import { backingKeyOf } from '../ciphertext.ts';
import { invalidCiphertext, invalidState } from '../errors.ts';
import { addToAudit } from '../module.ts';
import type { Rooms } from '../operation.ts';
import { arnOfKey, currentMaterial, type KeyRecord } from '../records.ts';
import { requireAlgorithm } from '../signing.ts';
import type { Answer, ForeignCipher } from './backends.ts';
import { readStoreBlob, storeAad, storeBlob } from './blob.ts';
import { clusterOf, storeOf } from './records.ts';

/**
 * Encryption in keys that KMS does not hold: of plaintext by a CloudHSM cluster, of what the module has encrypted
 * already by an external key. All failures of theirs are KMSInvalidStateException, as with AWS.
 */

interface Terms {
  algorithm: EncryptionAlgorithm;
  context: EncryptionContext | undefined;
}

export async function sealInStore(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  { algorithm, context = {} }: Terms,
  content: Uint8Array,
): Promise<Uint8Array> {
  requireAlgorithm(key, algorithm);
  const { cipher, keyId } = foreignKey(call, rooms, key);
  const materialId = currentMaterial(key)?.id ?? '';
  const sealed = taken(call, key, await cipher.encrypt(keyId, content, storeAad(materialId, context)));
  return storeBlob(materialId, sealed);
}

/** Throws InvalidCiphertextException, or IncorrectKeyException for a ciphertext of another key. */
export async function openFromStore(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  { algorithm, context = {} }: Terms,
  ciphertext: Uint8Array,
): Promise<Uint8Array> {
  requireAlgorithm(key, algorithm);
  backingKeyOf(call, key, ciphertext);
  const blob = readStoreBlob(ciphertext);
  if (!blob) throw invalidCiphertext();
  const { cipher, keyId } = foreignKey(call, rooms, key);
  return taken(call, key, await cipher.decrypt(keyId, blob.sealed, storeAad(blob.materialId, context)));
}

/** Who encrypts for a key, and by what name the key is known there. */
function foreignKey(
  call: Call,
  { keyStores }: Rooms,
  key: KeyRecord,
): { cipher: ForeignCipher; keyId: string } {
  auditStore(call, key);
  const store = storeOf(call.transaction, key);
  const { backing } = store;
  const keyId = key.customKeyStore?.backingKeyId ?? key.customKeyStore?.xksKeyId ?? '';
  const cipher =
    backing.type === 'AWS_CLOUDHSM'
      ? keyStores.cloudHsm?.cipher(clusterOf(store, backing))
      : keyStores.xks?.cipher(backing.proxy);
  if (!cipher || store.connection !== 'CONNECTED') throw cannotUse(key);
  return { cipher, keyId };
}

function taken(call: Call, key: KeyRecord, answer: Answer<Uint8Array>): Uint8Array {
  const where = key.origin === 'AWS_CLOUDHSM' ? 'The CloudHSM cluster' : 'The external key store proxy';
  call.trace.step(() => ({
    station: 'storage',
    title: answer.ok ? `${where} does its part.` : `${where} does not do its part: ${answer.why}.`,
    outcome: answer.ok ? 'ok' : 'refused',
    fields: [
      { name: 'Custom key store', value: key.customKeyStore?.id ?? '', direction: 'in' },
      ...(answer.ok && key.origin === 'EXTERNAL_KEY_STORE'
        ? [{ name: 'Ciphertext', value: answer.value, direction: 'out' } as const]
        : []),
    ],
  }));
  if (answer.ok) return answer.value;
  throw answer.why === 'rejected' ? invalidCiphertext() : cannotUse(key);
}

function cannotUse(key: KeyRecord): AwsError {
  return invalidState(`${arnOfKey(key)} cannot be used: its custom key store does not serve it.`);
}

/** CloudTrail tells where the key is (KMS Developer Guide, "Monitoring KMS keys in CloudHSM key stores"). */
export function auditStore(call: Call, { customKeyStore }: KeyRecord): void {
  if (!customKeyStore) return;
  const { id, backingKeyId, xksKeyId } = customKeyStore;
  addToAudit(call, {
    customKeyStoreId: id,
    ...(backingKeyId !== undefined && { backingKeyId }),
    ...(xksKeyId !== undefined && { xksKeyId }),
  });
}
