import type { KmsInput } from '$lib/cloud/kms.ts';

/** The kinds of key that the pictures make, each by one CreateKey request. */
export const keyKinds = ['symmetric', 'multiRegion', 'external', 'signing', 'rsa', 'hmac'] as const;

export type KeyKind = (typeof keyKinds)[number];

/** What is asked for, for each kind. */
export const newKeyInputs: Record<KeyKind, KmsInput<'CreateKey'>> = {
  symmetric: {},
  multiRegion: { MultiRegion: true },
  external: { Origin: 'EXTERNAL' },
  signing: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  rsa: { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
  hmac: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
};
