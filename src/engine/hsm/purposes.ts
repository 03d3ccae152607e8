import type {
  BackingKeySpec,
  HmacSpec,
  MacAlgorithm,
  MlDsaSpec,
  MlKemSpec,
  NistCurveSpec,
  RsaSpec,
} from './hsm.ts';
import { sealedFormat } from './key-token.ts';

/** What a backing key is unsealed for. Web Crypto ties a handle to one algorithm, one hash and these usages. */
export interface Purpose {
  /** Handles are remembered by it, so purposes with different specs have different names. */
  name: string;
  /** A token of any other spec does not open: the sealed bytes of many would pass for each other's. */
  specs: readonly BackingKeySpec[];
  format: 'raw' | 'pkcs8';
  algorithm: HmacImportParams | RsaHashedImportParams | EcKeyImportParams | Algorithm;
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

const rsaSpecs: readonly RsaSpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];

export type RsaEncryptionAlgorithm = 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256';

/** AWS's names of RSA encryption, in Web Crypto's terms. MGF1 uses the same hash; the label is empty. */
export const rsaEncryption: Record<RsaEncryptionAlgorithm, { name: 'RSA-OAEP'; hash: 'SHA-1' | 'SHA-256' }> =
  {
    RSAES_OAEP_SHA_1: { name: 'RSA-OAEP', hash: 'SHA-1' },
    RSAES_OAEP_SHA_256: { name: 'RSA-OAEP', hash: 'SHA-256' },
  };

export type RsaSigningAlgorithm = `RSASSA_${'PSS' | 'PKCS1_V1_5'}_SHA_${'256' | '384' | '512'}`;

export interface RsaScheme {
  name: 'RSA-PSS' | 'RSASSA-PKCS1-v1_5';
  hash: 'SHA-256' | 'SHA-384' | 'SHA-512';
}

/** AWS's names of RSA signatures, in Web Crypto's terms. In PSS, MGF1 uses the same hash. */
export const rsaSchemes: Record<RsaSigningAlgorithm, RsaScheme> = {
  RSASSA_PSS_SHA_256: { name: 'RSA-PSS', hash: 'SHA-256' },
  RSASSA_PSS_SHA_384: { name: 'RSA-PSS', hash: 'SHA-384' },
  RSASSA_PSS_SHA_512: { name: 'RSA-PSS', hash: 'SHA-512' },
  RSASSA_PKCS1_V1_5_SHA_256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  RSASSA_PKCS1_V1_5_SHA_384: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' },
  RSASSA_PKCS1_V1_5_SHA_512: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' },
};

/** The curves of NIST, by Web Crypto's names. */
export const namedCurves: Record<NistCurveSpec, string> = {
  ECC_NIST_P256: 'P-256',
  ECC_NIST_P384: 'P-384',
  ECC_NIST_P521: 'P-521',
};

/** Each HMAC spec has one algorithm (AWS KMS Developer Guide, "HMAC KMS keys"). */
const macSpecs: Record<MacAlgorithm, HmacSpec> = {
  HMAC_SHA_224: 'HMAC_224',
  HMAC_SHA_256: 'HMAC_256',
  HMAC_SHA_384: 'HMAC_384',
  HMAC_SHA_512: 'HMAC_512',
};

/** A symmetric backing key derives per-call keys; it never encrypts anything itself. */
export const keyDerivation: Purpose = {
  name: 'key derivation',
  specs: ['SYMMETRIC_DEFAULT'],
  format: 'raw',
  algorithm: { name: 'HMAC', hash: 'SHA-256' },
  usages: ['sign'],
};

export function rsaDecryption(algorithm: RsaEncryptionAlgorithm): Purpose {
  return purpose(algorithm, rsaSpecs, rsaEncryption[algorithm], ['decrypt']);
}

export function rsaSigning(algorithm: RsaSigningAlgorithm): Purpose {
  return purpose(algorithm, rsaSpecs, rsaSchemes[algorithm], ['sign']);
}

export function ecdsaSigning(spec: NistCurveSpec): Purpose {
  return purpose('ECDSA', [spec], { name: 'ECDSA', namedCurve: namedCurves[spec] }, ['sign']);
}

export const ed25519Signing = purpose('Ed25519', ['ECC_NIST_EDWARDS25519'], { name: 'Ed25519' }, ['sign']);

export function keyAgreement(spec: NistCurveSpec): Purpose {
  return purpose('ECDH', [spec], { name: 'ECDH', namedCurve: namedCurves[spec] }, ['deriveBits']);
}

/** Web Crypto has no HMAC-SHA-224; a key for that is only ever lent. */
export function macMaking(algorithm: Exclude<MacAlgorithm, 'HMAC_SHA_224'>): Purpose {
  const hash = `SHA-${algorithm.slice(-3)}`;
  return purpose(algorithm, [macSpecs[algorithm]], { name: 'HMAC', hash }, ['sign']);
}

/** Keys of algorithms that Web Crypto does not know: bytes under the name of an HMAC key, to be lent. */
type BareSpec = 'ECC_SECG_P256K1' | 'SM2' | 'HMAC_224' | MlDsaSpec | MlKemSpec;

export function bareKey(spec: BareSpec): Purpose {
  return purpose('bare key', [spec], { name: 'HMAC', hash: 'SHA-256' }, ['sign']);
}

/** What a key of this spec is unsealed for in its ordinary use. */
export function ordinaryPurpose(spec: BackingKeySpec): Purpose {
  switch (spec) {
    case 'SYMMETRIC_DEFAULT':
      return keyDerivation;
    case 'RSA_2048':
    case 'RSA_3072':
    case 'RSA_4096':
      return rsaSigning('RSASSA_PSS_SHA_256');
    case 'ECC_NIST_P256':
    case 'ECC_NIST_P384':
    case 'ECC_NIST_P521':
      return ecdsaSigning(spec);
    case 'ECC_NIST_EDWARDS25519':
      return ed25519Signing;
    case 'HMAC_256':
    case 'HMAC_384':
    case 'HMAC_512':
      return macMaking(`HMAC_SHA_${spec.slice(-3)}` as 'HMAC_SHA_256');
    default:
      return bareKey(spec);
  }
}

function purpose(
  name: string,
  specs: readonly BackingKeySpec[],
  algorithm: Purpose['algorithm'],
  usages: KeyUsage[],
): Purpose {
  return { name: [name, ...specs].join(' '), specs, format: sealedFormat(specs[0]!), algorithm, usages };
}
