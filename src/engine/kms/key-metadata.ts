import { Timestamp, type OutputValue } from '../declaration/output.ts';
import { keySpecs } from './key-specs.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

/** KeyMetadata as CreateKey and DescribeKey return it (KMS API Reference, KeyMetadata). */
export function keyMetadata(key: KeyRecord): Record<string, OutputValue> {
  const { usages } = keySpecs[key.spec];
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: arnOfKey(key),
    CreationDate: new Timestamp(key.created),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: key.state,
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    EncryptionAlgorithms: key.usage === 'ENCRYPT_DECRYPT' ? usages.ENCRYPT_DECRYPT : undefined,
    SigningAlgorithms: key.usage === 'SIGN_VERIFY' ? usages.SIGN_VERIFY : undefined,
    MultiRegion: false,
    CurrentKeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' ? key.currentMaterialId : undefined,
  };
}
