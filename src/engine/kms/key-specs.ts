import type { BackingKeySpec, EncryptionAlgorithm, SigningAlgorithm } from '../hsm/hsm.ts';

/** Key specs, what they are for, and what each algorithm can carry. One table; nothing restates it. */

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY';

interface KeySpecEntry {
  /** The algorithms that a key of this spec offers for each usage that it may have. */
  usages: {
    ENCRYPT_DECRYPT?: readonly EncryptionAlgorithm[];
    SIGN_VERIFY?: readonly SigningAlgorithm[];
  };
  /** Most plaintext bytes that one Encrypt takes (RSA: RFC 8017 §7.1.1, k − 2·hLen − 2). */
  maxPlaintext: Partial<Record<EncryptionAlgorithm, number>>;
}

const rsaUsages = {
  ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  SIGN_VERIFY: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
} as const;

/** AWS: KMS Developer Guide, "Key spec reference". */
export const keySpecs: Record<BackingKeySpec, KeySpecEntry> = {
  SYMMETRIC_DEFAULT: {
    usages: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
    maxPlaintext: { SYMMETRIC_DEFAULT: 4096 },
  },
  RSA_2048: {
    usages: rsaUsages,
    maxPlaintext: { RSAES_OAEP_SHA_1: 214, RSAES_OAEP_SHA_256: 190 },
  },
  RSA_3072: {
    usages: rsaUsages,
    maxPlaintext: { RSAES_OAEP_SHA_1: 342, RSAES_OAEP_SHA_256: 318 },
  },
  RSA_4096: {
    usages: rsaUsages,
    maxPlaintext: { RSAES_OAEP_SHA_1: 470, RSAES_OAEP_SHA_256: 446 },
  },
};

/** Bytes of the hash that each signing algorithm signs; a DIGEST message has just this length. */
export const digestLengths: Record<SigningAlgorithm, number> = {
  RSASSA_PKCS1_V1_5_SHA_256: 32,
  RSASSA_PKCS1_V1_5_SHA_384: 48,
  RSASSA_PKCS1_V1_5_SHA_512: 64,
  RSASSA_PSS_SHA_256: 32,
  RSASSA_PSS_SHA_384: 48,
  RSASSA_PSS_SHA_512: 64,
};

export function isImplementedSpec(spec: string): spec is BackingKeySpec {
  return Object.hasOwn(keySpecs, spec);
}

/**
 * Every value of AWS's enumerations, so that a value of AWS's that is not implemented here is told
 * apart from one that does not exist.
 */
export const awsEnums = {
  KeySpec: [
    'RSA_2048',
    'RSA_3072',
    'RSA_4096',
    'ECC_NIST_P256',
    'ECC_NIST_P384',
    'ECC_NIST_P521',
    'ECC_SECG_P256K1',
    'SYMMETRIC_DEFAULT',
    'HMAC_224',
    'HMAC_256',
    'HMAC_384',
    'HMAC_512',
    'SM2',
    'ML_DSA_44',
    'ML_DSA_65',
    'ML_DSA_87',
    'ECC_NIST_EDWARDS25519',
    'ML_KEM_512',
    'ML_KEM_768',
    'ML_KEM_1024',
  ],
  KeyUsage: [
    'SIGN_VERIFY',
    'ENCRYPT_DECRYPT',
    'GENERATE_VERIFY_MAC',
    'KEY_AGREEMENT',
    'ENCAPSULATE_DECAPSULATE',
  ],
  Origin: ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
  EncryptionAlgorithm: ['SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE'],
  SigningAlgorithm: [
    ...rsaUsages.SIGN_VERIFY,
    'ECDSA_SHA_256',
    'ECDSA_SHA_384',
    'ECDSA_SHA_512',
    'SM2DSA',
    'ML_DSA_SHAKE_256',
    'ED25519_SHA_512',
    'ED25519_PH_SHA_512',
  ],
  MessageType: ['RAW', 'DIGEST', 'EXTERNAL_MU'],
  DataKeySpec: ['AES_256', 'AES_128'],
} as const;
