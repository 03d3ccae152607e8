import type { EncryptionAlgorithm, SigningAlgorithm } from './hsm.ts';

/** What a backing key is unsealed for. Web Crypto ties a handle to one algorithm, one hash and these usages. */
export interface Purpose {
  name: string;
  format: 'raw' | 'pkcs8';
  algorithm: HmacImportParams | RsaHashedImportParams;
  usages: KeyUsage[];
}

export type HashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Length of a hash's output in bytes (FIPS 180-4, figure 1). */
export const hashLength: Record<HashName, number> = {
  'SHA-1': 20,
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
};

export type RsaEncryptionAlgorithm = Exclude<EncryptionAlgorithm, 'SYMMETRIC_DEFAULT'>;

/** AWS's names of RSA encryption, in Web Crypto's terms. MGF1 uses the same hash; the label is empty. */
export const rsaEncryption: Record<RsaEncryptionAlgorithm, { name: 'RSA-OAEP'; hash: 'SHA-1' | 'SHA-256' }> =
  {
    RSAES_OAEP_SHA_1: { name: 'RSA-OAEP', hash: 'SHA-1' },
    RSAES_OAEP_SHA_256: { name: 'RSA-OAEP', hash: 'SHA-256' },
  };

export interface SignatureScheme {
  name: 'RSA-PSS' | 'RSASSA-PKCS1-v1_5';
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
}

/** AWS's names of RSA signatures, in Web Crypto's terms. In PSS, MGF1 uses the same hash. */
export const signatureSchemes: Record<SigningAlgorithm, SignatureScheme> = {
  RSASSA_PSS_SHA_256: { name: 'RSA-PSS', hash: 'SHA-256' },
  RSASSA_PSS_SHA_384: { name: 'RSA-PSS', hash: 'SHA-384' },
  RSASSA_PSS_SHA_512: { name: 'RSA-PSS', hash: 'SHA-512' },
  RSASSA_PKCS1_V1_5_SHA_256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  RSASSA_PKCS1_V1_5_SHA_384: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  RSASSA_PKCS1_V1_5_SHA_512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
};

/** A symmetric backing key derives per-call keys; it never encrypts anything itself. */
export const keyDerivation: Purpose = {
  name: 'key derivation',
  format: 'raw',
  algorithm: { name: 'HMAC', hash: 'SHA-256' },
  usages: ['sign'],
};

export function rsaDecryption(algorithm: RsaEncryptionAlgorithm): Purpose {
  return { name: algorithm, format: 'pkcs8', algorithm: rsaEncryption[algorithm], usages: ['decrypt'] };
}

export function rsaSigning(algorithm: SigningAlgorithm): Purpose {
  return { name: algorithm, format: 'pkcs8', algorithm: signatureSchemes[algorithm], usages: ['sign'] };
}
