import type { GrantConstraints, GrantOperation, KeyMetadata, KeyUsageType } from '@aws-sdk/client-kms';
import { consoleKeyText as text } from '$lib/strings/console-key.ts';

const always: GrantOperation[] = ['DescribeKey', 'CreateGrant', 'RetireGrant'];

const byUsage: Record<KeyUsageType, GrantOperation[]> = {
  ENCRYPT_DECRYPT: ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'],
  SIGN_VERIFY: ['Sign', 'Verify', 'GetPublicKey'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret', 'GetPublicKey'],
  ENCAPSULATE_DECAPSULATE: ['Encapsulate', 'Decapsulate', 'GetPublicKey'],
};

const dataKeys: GrantOperation[] = [
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
];

/** What a grant can allow with a key of this kind (KMS Developer Guide, "Grant operations"). */
export function operationsFor(key: Pick<KeyMetadata, 'KeyUsage' | 'KeySpec'>): GrantOperation[] {
  const isSymmetric = key.KeySpec === 'SYMMETRIC_DEFAULT';
  const encrypts = key.KeyUsage === 'ENCRYPT_DECRYPT';
  return [
    ...(key.KeyUsage ? byUsage[key.KeyUsage] : []),
    ...(isSymmetric ? dataKeys : encrypts ? (['GetPublicKey'] as const) : []),
    ...always,
  ];
}

/** A grant's constraints in one line; '' for none. */
export function constraintWords(constraints: GrantConstraints | undefined): string {
  const { EncryptionContextSubset, EncryptionContextEquals, SourceArn } = constraints ?? {};
  return [
    EncryptionContextSubset &&
      `${text.constraints.EncryptionContextSubset}: ${JSON.stringify(EncryptionContextSubset)}`,
    EncryptionContextEquals &&
      `${text.constraints.EncryptionContextEquals}: ${JSON.stringify(EncryptionContextEquals)}`,
    SourceArn && `SourceArn ${SourceArn}`,
  ]
    .filter(Boolean)
    .join('; ');
}
