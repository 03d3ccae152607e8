import type { BackingKeySpec, EncryptionAlgorithm, SigningAlgorithm } from '../hsm/hsm.ts';
import type { AwsEnum } from './enums.ts';
import { isChina } from './regions.ts';

/** Key specs, what they are for, and what each algorithm can carry. One table; nothing restates it. */

export type KeyUsage = AwsEnum<'KeyUsage'>;
export type Origin = AwsEnum<'Origin'>;

interface KeySpecEntry {
  /** Keys of one kind can take each other's place behind an alias. */
  kind: 'symmetric' | 'asymmetric' | 'HMAC';
  /** The algorithms that a key of this spec offers for each usage that it may have. */
  usages: Partial<Record<KeyUsage, readonly string[]>>;
  /** Where its material may come from. */
  origins: readonly Origin[];
  /** Most plaintext bytes that one Encrypt takes (RSA: RFC 8017 §7.1.1, k − 2·hLen − 2). */
  maxPlaintext?: Partial<Record<EncryptionAlgorithm, number>>;
  /** Where it is offered, if not everywhere. */
  regions?: 'China only' | 'not China';
}

const everyOrigin = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
const madeOrImported = ['AWS_KMS', 'EXTERNAL'] as const;
const madeOnly = ['AWS_KMS'] as const;

const rsa = (sha1: number, sha256: number): KeySpecEntry => ({
  kind: 'asymmetric',
  usages: {
    ENCRYPT_DECRYPT: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
    SIGN_VERIFY: [
      'RSASSA_PKCS1_V1_5_SHA_256',
      'RSASSA_PKCS1_V1_5_SHA_384',
      'RSASSA_PKCS1_V1_5_SHA_512',
      'RSASSA_PSS_SHA_256',
      'RSASSA_PSS_SHA_384',
      'RSASSA_PSS_SHA_512',
    ],
  },
  origins: madeOrImported,
  maxPlaintext: { RSAES_OAEP_SHA_1: sha1, RSAES_OAEP_SHA_256: sha256 },
});

const nistCurve = (signing: SigningAlgorithm): KeySpecEntry => ({
  kind: 'asymmetric',
  usages: { SIGN_VERIFY: [signing], KEY_AGREEMENT: ['ECDH'] },
  origins: madeOrImported,
});

const hmac = (algorithm: AwsEnum<'MacAlgorithm'>): KeySpecEntry => ({
  kind: 'HMAC',
  usages: { GENERATE_VERIFY_MAC: [algorithm] },
  origins: madeOrImported,
});

const signer = (origins: KeySpecEntry['origins'], ...algorithms: SigningAlgorithm[]): KeySpecEntry => ({
  kind: 'asymmetric',
  usages: { SIGN_VERIFY: algorithms },
  origins,
});

const mlKem: KeySpecEntry = {
  kind: 'asymmetric',
  usages: { ENCAPSULATE_DECAPSULATE: ['ML_KEM'] },
  origins: madeOnly,
  regions: 'not China',
};

/** AWS: KMS Developer Guide, "Key spec reference". */
export const keySpecs: Record<BackingKeySpec, KeySpecEntry> = {
  SYMMETRIC_DEFAULT: {
    kind: 'symmetric',
    usages: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] },
    origins: everyOrigin,
    maxPlaintext: { SYMMETRIC_DEFAULT: 4096 },
  },
  RSA_2048: rsa(214, 190),
  RSA_3072: rsa(342, 318),
  RSA_4096: rsa(470, 446),
  ECC_NIST_P256: nistCurve('ECDSA_SHA_256'),
  ECC_NIST_P384: nistCurve('ECDSA_SHA_384'),
  ECC_NIST_P521: nistCurve('ECDSA_SHA_512'),
  ECC_SECG_P256K1: signer(madeOrImported, 'ECDSA_SHA_256'),
  ECC_NIST_EDWARDS25519: signer(madeOrImported, 'ED25519_SHA_512', 'ED25519_PH_SHA_512'),
  HMAC_224: hmac('HMAC_SHA_224'),
  HMAC_256: hmac('HMAC_SHA_256'),
  HMAC_384: hmac('HMAC_SHA_384'),
  HMAC_512: hmac('HMAC_SHA_512'),
  ML_DSA_44: signer(madeOnly, 'ML_DSA_SHAKE_256'),
  ML_DSA_65: signer(madeOnly, 'ML_DSA_SHAKE_256'),
  ML_DSA_87: signer(madeOnly, 'ML_DSA_SHAKE_256'),
  ML_KEM_512: mlKem,
  ML_KEM_768: mlKem,
  ML_KEM_1024: mlKem,
  SM2: {
    kind: 'asymmetric',
    usages: { ENCRYPT_DECRYPT: ['SM2PKE'], SIGN_VERIFY: ['SM2DSA'], KEY_AGREEMENT: ['ECDH'] },
    origins: madeOrImported,
    maxPlaintext: { SM2PKE: 1024 },
    regions: 'China only',
  },
};

/** Whether keys, or data key pairs, of this spec are offered in the Region. */
export function isOfferedIn(spec: BackingKeySpec, region: string): boolean {
  const { regions } = keySpecs[spec];
  return regions === undefined || (regions === 'China only') === isChina(region);
}

/** Under which name KeyMetadata and GetPublicKey list a key's algorithms, by its usage. */
export const algorithmsMember: Record<KeyUsage, string> = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  KEY_AGREEMENT: 'KeyAgreementAlgorithms',
  ENCAPSULATE_DECAPSULATE: 'EncapsulationAlgorithms',
};

/** What a key offers by its spec and usage. */
export function algorithmsOf({ spec, usage }: { spec: BackingKeySpec; usage: KeyUsage }): readonly string[] {
  return keySpecs[spec].usages[usage] ?? [];
}

/** Which message types an algorithm takes, and how long a DIGEST or an EXTERNAL_MU then is, in bytes. */
interface SigningEntry {
  raw: boolean;
  digest?: number;
  externalMu?: number;
}

/** AWS: KMS API Reference, Sign, MessageType. */
export const signingAlgorithms: Record<SigningAlgorithm, SigningEntry> = {
  RSASSA_PKCS1_V1_5_SHA_256: { raw: true, digest: 32 },
  RSASSA_PKCS1_V1_5_SHA_384: { raw: true, digest: 48 },
  RSASSA_PKCS1_V1_5_SHA_512: { raw: true, digest: 64 },
  RSASSA_PSS_SHA_256: { raw: true, digest: 32 },
  RSASSA_PSS_SHA_384: { raw: true, digest: 48 },
  RSASSA_PSS_SHA_512: { raw: true, digest: 64 },
  ECDSA_SHA_256: { raw: true, digest: 32 },
  ECDSA_SHA_384: { raw: true, digest: 48 },
  ECDSA_SHA_512: { raw: true, digest: 64 },
  SM2DSA: { raw: true, digest: 32 },
  ML_DSA_SHAKE_256: { raw: true, externalMu: 64 },
  ED25519_SHA_512: { raw: true },
  ED25519_PH_SHA_512: { raw: false, digest: 64 },
};
