import type { BackingKeySpec } from '../hsm.ts';
import { curveKeys } from './curve-keys.ts';
import type { Family } from './material.ts';
import { postQuantum } from './post-quantum.ts';
import { rsa } from './rsa.ts';
import { secrets } from './secrets.ts';

const families: { [Spec in BackingKeySpec]: Family<Spec> } = {
  SYMMETRIC_DEFAULT: secrets,
  HMAC_224: secrets,
  HMAC_256: secrets,
  HMAC_384: secrets,
  HMAC_512: secrets,
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: curveKeys,
  ECC_NIST_P384: curveKeys,
  ECC_NIST_P521: curveKeys,
  ECC_NIST_EDWARDS25519: curveKeys,
  ECC_SECG_P256K1: curveKeys,
  SM2: curveKeys,
  ML_DSA_44: postQuantum,
  ML_DSA_65: postQuantum,
  ML_DSA_87: postQuantum,
  ML_KEM_512: postQuantum,
  ML_KEM_768: postQuantum,
  ML_KEM_1024: postQuantum,
};

export function familyOf<Spec extends BackingKeySpec>(spec: Spec): Family<Spec> {
  return families[spec];
}
