import { required } from '../../declaration/members.ts';
import { notFound } from '../errors.ts';
import { withdrawExpiry } from '../import/expiry.ts';
import { forgetMaterial } from '../import/forget-material.ts';
import { onlySymmetric } from '../import/terms.ts';
import { unlessImported } from '../import/wrapping.ts';
import { keyId, keyMaterialId } from '../members.ts';
import { storeMember } from '../multi-region/family.ts';
import { managedKey, operation } from '../operation.ts';
import {
  arnOfKey,
  currentMaterial,
  reportedMaterialId,
  type KeyMaterial,
  type KeyRecord,
} from '../records.ts';

/**
 * DeleteImportedKeyMaterial: at once, and as often as one likes. The key cannot be used until the same material is
 * imported again. AWS: KMS API Reference, DeleteImportedKeyMaterial.
 */
export const DeleteImportedKeyMaterial = operation('DeleteImportedKeyMaterial', {
  summary:
    'Deletes imported key material at once; the key cannot be used until the same material is imported again.',
  readOnly: false,
  input: { KeyId: required(keyId()), KeyMaterialId: keyMaterialId() },
  keys: { key: { ...managedKey('kms:DeleteImportedKeyMaterial'), unfit: unlessImported } },
  run({ input, keys: { key }, call }) {
    const material = materialToDelete(key, input.KeyMaterialId);
    if (material?.imported?.state === 'IMPORTED') {
      withdrawExpiry(call, key, material);
      storeMember(call.transaction, forgetMaterial(call, key, material));
    }
    return { KeyId: arnOfKey(key), KeyMaterialId: reportedMaterialId(key, material?.id) };
  },
});

/** The material of this id; the current one, if there is one yet, where none is named. */
function materialToDelete(key: KeyRecord, id: string | undefined): KeyMaterial | undefined {
  if (id === undefined) return currentMaterial(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw onlySymmetric('KeyMaterialId');
  const material = key.materials.find((candidate) => candidate.id === id);
  if (!material) throw notFound(`Key material (id: ${id}) of ${arnOfKey(key)} does not exist`);
  return material;
}
