import type { AwsEnum } from '../enums.ts';

/** Quotas that several operations draw on together, by AWS's names for them; and one a spec for data key pairs. */
export type SharedQuota =
  | 'Cryptographic operations (symmetric)'
  | 'Cryptographic operations (RSA)'
  | 'Cryptographic operations (ECC)'
  | 'Cryptographic operations (ML-DSA)'
  | 'Cryptographic operations (ML-KEM)'
  | 'Custom key store'
  | `GenerateDataKeyPair (${AwsEnum<'DataKeyPairSpec'>})`;

/** Requests a second of each account in each Region, by operation (KMS Developer Guide, "Request quotas"). */
const operationRates: Readonly<Record<string, number>> = {
  CancelKeyDeletion: 5,
  ConnectCustomKeyStore: 5,
  CreateAlias: 5,
  CreateCustomKeyStore: 5,
  CreateGrant: 50,
  CreateKey: 5,
  DeleteAlias: 15,
  DeleteCustomKeyStore: 5,
  DeleteImportedKeyMaterial: 15,
  DescribeCustomKeyStores: 5,
  DescribeKey: 2000,
  DisableKey: 5,
  DisableKeyRotation: 5,
  DisconnectCustomKeyStore: 5,
  EnableKey: 5,
  EnableKeyRotation: 15,
  GetKeyLastUsage: 5,
  GetKeyPolicy: 1000,
  GetKeyRotationStatus: 1000,
  GetParametersForImport: 1,
  GetPublicKey: 2000,
  ImportKeyMaterial: 15,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyPolicies: 100,
  ListKeyRotations: 100,
  ListKeys: 500,
  ListResourceTags: 2000,
  ListRetirableGrants: 100,
  PutKeyPolicy: 15,
  ReplicateKey: 5,
  RetireGrant: 50,
  RevokeGrant: 50,
  RotateKeyOnDemand: 5,
  ScheduleKeyDeletion: 15,
  TagResource: 10,
  UntagResource: 5,
  UpdateAlias: 5,
  UpdateCustomKeyStore: 5,
  UpdateKeyDescription: 5,
  UpdatePrimaryRegion: 5,
};

/** AWS publishes none for ML-KEM: those are taken to be as the ones for elliptic curves. */
const sharedRates: Readonly<Record<Exclude<SharedQuota, 'Cryptographic operations (symmetric)'>, number>> = {
  'Cryptographic operations (RSA)': 1000,
  'Cryptographic operations (ECC)': 1000,
  'Cryptographic operations (ML-DSA)': 1000,
  'Cryptographic operations (ML-KEM)': 1000,
  'Custom key store': 1800,
  'GenerateDataKeyPair (ECC_NIST_P256)': 100,
  'GenerateDataKeyPair (ECC_NIST_P384)': 100,
  'GenerateDataKeyPair (ECC_NIST_P521)': 100,
  'GenerateDataKeyPair (ECC_SECG_P256K1)': 100,
  'GenerateDataKeyPair (ECC_NIST_EDWARDS25519)': 100,
  'GenerateDataKeyPair (ML_KEM_512)': 100,
  'GenerateDataKeyPair (ML_KEM_768)': 100,
  'GenerateDataKeyPair (ML_KEM_1024)': 100,
  'GenerateDataKeyPair (RSA_2048)': 20,
  'GenerateDataKeyPair (RSA_3072)': 4,
  'GenerateDataKeyPair (RSA_4096)': 1,
  'GenerateDataKeyPair (SM2)': 25,
};

/** The quota of symmetric cryptography, where it is not 10,000. */
const symmetricRates: Readonly<Record<string, number>> = {
  'us-east-1': 100_000,
  'us-west-2': 100_000,
  'eu-west-1': 100_000,
  'us-east-2': 20_000,
  'ap-southeast-1': 20_000,
  'ap-southeast-2': 20_000,
  'ap-northeast-1': 20_000,
  'eu-central-1': 20_000,
  'eu-west-2': 20_000,
};

/** Requests a second that AWS allows; `undefined` for an operation that shared quotas alone limit. */
export function awsRate(quota: string, region: string): number | undefined {
  if (quota === 'Cryptographic operations (symmetric)') return symmetricRates[region] ?? 10_000;
  if (Object.hasOwn(sharedRates, quota)) return sharedRates[quota as keyof typeof sharedRates];
  return Object.hasOwn(operationRates, quota) ? operationRates[quota] : undefined;
}
