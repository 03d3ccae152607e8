import { about, blob, oneOf, required, string, timestamp, withDefault } from '../../declaration/members.ts';
import { awsEnums } from '../enums.ts';
import { withImported } from '../import/adopt-material.ts';
import { announceExpiry, withdrawExpiry } from '../import/expiry.ts';
import { checkTerms, checkTermsFor, importedOn } from '../import/terms.ts';
import { unlessImported } from '../import/wrapping.ts';
import { keyId, keyMaterialId } from '../members.ts';
import { accept } from '../module.ts';
import { storeMember } from '../multi-region/family.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey, reportedMaterialId } from '../records.ts';
import { storeToken } from '../tokens.ts';

/**
 * ImportKeyMaterial: material from outside, for a key that has none or lost it, or to be rotated to. AWS: KMS API
 * Reference, ImportKeyMaterial.
 */
export const ImportKeyMaterial = operation('ImportKeyMaterial', {
  summary: 'Imports key material of your own into a key with origin EXTERNAL.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    ImportToken: about(
      'The token that came with the public key from GetParametersForImport.',
      required(blob({ min: 1, max: 6144 })),
    ),
    EncryptedKeyMaterial: about(
      'The key material, wrapped with that public key.',
      required(blob({ min: 1, max: 6144 })),
    ),
    ValidTo: about('When KMS is to delete the material, at most 365 days ahead.', timestamp()),
    ExpirationModel: about(
      'Whether the material expires.',
      withDefault('KEY_MATERIAL_EXPIRES', oneOf(awsEnums.ExpirationModel)),
    ),
    ImportType: about(
      'Whether it is material that the key has or had already, or new material to rotate to.',
      oneOf(awsEnums.ImportType),
    ),
    KeyMaterialDescription: about(
      'What this material is, in your own words.',
      string({ min: 0, max: 256, pattern: '^[a-zA-Z0-9:/_\\s.-]+$' }),
    ),
    KeyMaterialId: keyMaterialId(),
  },
  check: checkTerms,
  keys: { key: { ...managedKey('kms:ImportKeyMaterial'), unfit: unlessImported } },
  async run({ input, keys: { key }, call, rooms }) {
    checkTermsFor(key, call.time, input);
    const result = await rooms.hsm.importMaterial({
      keyArn: arnOfKey(key),
      spec: key.spec,
      importToken: input.ImportToken,
      encryptedMaterial: input.EncryptedKeyMaterial,
      now: call.time,
      watched: call.trace.watched,
    });
    const { token, publicKey } = accept(call, result, key);
    const { materialId: id } = token;
    const adopted = withImported(key, {
      id,
      importType: input.ImportType,
      expectedId: input.KeyMaterialId,
      imported: importedOn(input),
    });
    const materialIn = ({ materials }: typeof key) => materials.find((material) => material.id === id);
    const before = materialIn(key);
    if (before) withdrawExpiry(call, key, before);
    announceExpiry(call, key, materialIn(adopted)!);
    storeToken(call, key, token);
    storeMember(call.transaction, { ...adopted, ...(publicKey && { publicKey }) });
    const output = { KeyId: arnOfKey(key), KeyMaterialId: reportedMaterialId(key, id) };
    call.audit.responseElements = {
      keyId: output.KeyId,
      ...(output.KeyMaterialId !== undefined && { keyMaterialId: output.KeyMaterialId }),
    };
    return output;
  },
});
