import type { Bytes } from '../bytes.ts';
import type { MlDsaSpec, MlKemSpec, NistCurveSpec } from '../hsm.ts';
import { objectIdentifier, sequence } from './der.ts';

/** Specs of private keys that are some bytes of fixed length; RSA's are numbers. */
export type FixedLengthSpec =
  | NistCurveSpec
  | 'ECC_SECG_P256K1'
  | 'SM2'
  | 'ECC_NIST_EDWARDS25519'
  | MlDsaSpec
  | MlKemSpec;

interface KeyFormat {
  /** DER AlgorithmIdentifier (RFC 5280 §4.1.1.2). */
  algorithm: Bytes;
  /**
   * What a PKCS #8 PrivateKey holds: an ECPrivateKey (RFC 5915 §3), an octet string (RFC 8410 §7), or a seed
   * tagged [0] (RFC 9881 §6, RFC 9935 §6).
   */
  container: 'ECPrivateKey' | 'octets' | 'seed';
  /** Bytes of the private key: scalar, or seed. */
  privateLength: number;
  /** Bytes of the public key; points of Weierstrass curves are uncompressed. */
  publicLength: number;
}

export const keyFormats: Record<FixedLengthSpec, KeyFormat> = {
  // Named curves: SEC 2 and RFC 5480 §2.1.1.1; SM2: GM/T 0006-2012.
  ECC_NIST_P256: weierstrass('2a8648ce3d030107', 32),
  ECC_NIST_P384: weierstrass('2b81040022', 48),
  ECC_NIST_P521: weierstrass('2b81040023', 66),
  ECC_SECG_P256K1: weierstrass('2b8104000a', 32),
  SM2: weierstrass('2a811ccf5501822d', 32),
  // RFC 8410 §3: 1.3.101.112.
  ECC_NIST_EDWARDS25519: {
    algorithm: sequence(objectIdentifier('2b6570')),
    container: 'octets',
    privateLength: 32,
    publicLength: 32,
  },
  // RFC 9881 §2 and RFC 9935 §3: 2.16.840.1.101.3.4.3.17 to .19, and 2.16.840.1.101.3.4.4.1 to .3.
  ML_DSA_44: seeded('608648016503040311', 32, 1312),
  ML_DSA_65: seeded('608648016503040312', 32, 1952),
  ML_DSA_87: seeded('608648016503040313', 32, 2592),
  ML_KEM_512: seeded('608648016503040401', 64, 800),
  ML_KEM_768: seeded('608648016503040402', 64, 1184),
  ML_KEM_1024: seeded('608648016503040403', 64, 1568),
};

/** 1.2.840.10045.2.1, id-ecPublicKey, with the curve for its parameter. */
function weierstrass(curve: string, privateLength: number): KeyFormat {
  return {
    algorithm: sequence(objectIdentifier('2a8648ce3d0201'), objectIdentifier(curve)),
    container: 'ECPrivateKey',
    privateLength,
    publicLength: 1 + 2 * privateLength,
  };
}

function seeded(algorithm: string, privateLength: number, publicLength: number): KeyFormat {
  return {
    algorithm: sequence(objectIdentifier(algorithm)),
    container: 'seed',
    privateLength,
    publicLength,
  };
}
