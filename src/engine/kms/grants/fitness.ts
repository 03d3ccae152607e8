import { validationError } from '../errors.ts';
import type { AwsEnum } from '../enums.ts';
import { keySpecs } from '../key-specs.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { contextOf } from './terms.ts';
import type { GrantRecord } from './records.ts';

type Fits = (key: KeyRecord) => boolean;

const always: Fits = () => true;
const symmetric: Fits = ({ spec }) => spec === 'SYMMETRIC_DEFAULT';
const usedFor =
  (usage: KeyRecord['usage']): Fits =>
  (key) =>
    key.usage === usage;

/** Which keys a grant can permit an operation on (KMS Developer Guide, "Grant operations"). */
const fits: Record<AwsEnum<'GrantOperation'>, Fits> = {
  Encrypt: usedFor('ENCRYPT_DECRYPT'),
  Decrypt: usedFor('ENCRYPT_DECRYPT'),
  ReEncryptFrom: usedFor('ENCRYPT_DECRYPT'),
  ReEncryptTo: usedFor('ENCRYPT_DECRYPT'),
  GenerateDataKey: symmetric,
  GenerateDataKeyWithoutPlaintext: symmetric,
  GenerateDataKeyPair: symmetric,
  GenerateDataKeyPairWithoutPlaintext: symmetric,
  Sign: usedFor('SIGN_VERIFY'),
  Verify: usedFor('SIGN_VERIFY'),
  GenerateMac: usedFor('GENERATE_VERIFY_MAC'),
  VerifyMac: usedFor('GENERATE_VERIFY_MAC'),
  DeriveSharedSecret: usedFor('KEY_AGREEMENT'),
  Encapsulate: usedFor('ENCAPSULATE_DECAPSULATE'),
  Decapsulate: usedFor('ENCAPSULATE_DECAPSULATE'),
  GetPublicKey: ({ spec }) => keySpecs[spec].kind === 'asymmetric',
  CreateGrant: always,
  DescribeKey: always,
  RetireGrant: always,
};

/** Throws ValidationException for a grant that the key has no use for. */
export function checkFitsKey(
  key: KeyRecord,
  operations: readonly AwsEnum<'GrantOperation'>[],
  constraints: GrantRecord['constraints'],
): void {
  const unfit = operations.find((operation) => !fits[operation](key));
  if (unfit !== undefined) {
    throw validationError(
      `Operation ${unfit} is not supported on ${arnOfKey(key)}, whose key spec is ${key.spec} and key usage ${key.usage}.`,
    );
  }
  if (contextOf(constraints) && !symmetric(key)) {
    throw validationError(
      'Encryption context grant constraints are supported only on symmetric encryption KMS keys.',
    );
  }
}
