import { about, oneOf, required, withDefault } from '../../declaration/members.ts';
import { Timestamp, type OutputValue } from '../../declaration/output.ts';
import { awsEnums } from '../enums.ts';
import { keyId, limit, marker } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { pageOf } from '../pagination.ts';
import { arnOfKey, type KeyMaterial, type KeyRecord } from '../records.ts';
import { unlessRotatable } from '../rotation/rotatable.ts';

/**
 * ListKeyRotations: the materials that rotations have made current; on request all, with the first and those that
 * wait. The oldest first. AWS: KMS API Reference, ListKeyRotations.
 */
export const ListKeyRotations = operation('ListKeyRotations', {
  summary: 'Lists the completed rotations of a key, and its key materials where you ask for them.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    IncludeKeyMaterial: about(
      'Whether to list completed rotations alone, or all key materials.',
      withDefault('ROTATIONS_ONLY', oneOf(awsEnums.IncludeKeyMaterial)),
    ),
    Limit: limit(1000, 100),
    Marker: marker(),
  },
  keys: { key: { ...managedKey('kms:ListKeyRotations'), unfit: unlessRotatable } },
  run({ input, keys: { key } }) {
    const listed =
      input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL'
        ? key.materials
        : key.materials.filter(({ rotation }) => rotation !== undefined);
    const { items, NextMarker, Truncated } = pageOf(listed, ({ id }) => id, input);
    return { Rotations: items.map((material) => entry(key, material)), NextMarker, Truncated };
  },
});

/** RotationsListEntry. */
function entry(key: KeyRecord, { id, state, rotation, imported }: KeyMaterial): OutputValue {
  return {
    KeyId: arnOfKey(key),
    KeyMaterialId: id,
    KeyMaterialDescription: imported?.description,
    ImportState: imported?.state,
    KeyMaterialState: state,
    ExpirationModel: imported?.expirationModel,
    ValidTo: imported?.validTo === undefined ? undefined : new Timestamp(imported.validTo),
    RotationDate: rotation && new Timestamp(rotation.time),
    RotationType: rotation?.type,
  };
}
