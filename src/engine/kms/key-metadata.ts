import { Timestamp, type OutputValue } from '../declaration/output.ts';
import { awsEnums } from './enums.ts';
import { keyArn } from './identifiers.ts';
import { algorithmsMember, algorithmsOf } from './key-specs.ts';
import { arnOfKey, currentMaterial, reportedMaterialId, type KeyRecord } from './records.ts';

/** KeyMetadata as CreateKey, DescribeKey and ReplicateKey return it (KMS API Reference, KeyMetadata). */
export function keyMetadata(key: KeyRecord): Record<string, OutputValue> {
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: arnOfKey(key),
    CreationDate: new Timestamp(key.created),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    ...deletionOf(key),
    ...expiryOf(key),
    Origin: key.origin,
    CustomKeyStoreId: key.customKeyStore?.id,
    CloudHsmClusterId: key.customKeyStore?.clusterId,
    XksKeyConfiguration: key.customKeyStore?.xksKeyId && { Id: key.customKeyStore.xksKeyId },
    KeyManager: key.manager,
    CustomerMasterKeySpec: legacySpec(key),
    KeySpec: key.spec,
    [algorithmsMember[key.usage]]: algorithmsOf(key),
    MultiRegion: key.multiRegion !== undefined,
    MultiRegionConfiguration: key.multiRegion && multiRegionConfiguration(key, key.multiRegion),
    CurrentKeyMaterialId: reportedMaterialId(key, currentMaterial(key)?.id),
  };
}

/** The deprecated twin of KeySpec knows no specs that came after it. */
export function legacySpec({ spec }: KeyRecord): string | undefined {
  const known: readonly string[] = awsEnums.CustomerMasterKeySpec;
  return known.includes(spec) ? spec : undefined;
}

function deletionOf({ state, deletion }: KeyRecord): Record<string, OutputValue> {
  if (!deletion) return {};
  return state === 'PendingReplicaDeletion'
    ? { PendingDeletionWindowInDays: deletion.windowInDays }
    : { DeletionDate: deletion.date === undefined ? undefined : new Timestamp(deletion.date) };
}

function expiryOf(key: KeyRecord): Record<string, OutputValue> {
  const imported = currentMaterial(key)?.imported;
  if (imported?.state !== 'IMPORTED') return {};
  return {
    ExpirationModel: imported.expirationModel,
    ValidTo: imported.validTo === undefined ? undefined : new Timestamp(imported.validTo),
  };
}

function multiRegionConfiguration(
  { accountId, keyId }: KeyRecord,
  { type, primaryRegion, replicaRegions }: NonNullable<KeyRecord['multiRegion']>,
): OutputValue {
  const member = (region: string) => ({ Arn: keyArn({ accountId, region }, keyId), Region: region });
  return {
    MultiRegionKeyType: type,
    PrimaryKey: member(primaryRegion),
    ReplicaKeys: replicaRegions.map(member),
  };
}
