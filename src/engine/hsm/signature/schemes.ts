import type { SigningAlgorithm } from '../hsm.ts';
import { ecdsa } from './ecdsa.ts';
import { ed25519 } from './ed25519.ts';
import { mlDsa } from './ml-dsa.ts';
import { rsa } from './rsa.ts';
import type { Scheme } from './scheme.ts';
import { sm2Dsa } from './sm2-dsa.ts';

export const schemes: { [Algorithm in SigningAlgorithm]: Scheme<Algorithm> } = {
  RSASSA_PSS_SHA_256: rsa,
  RSASSA_PSS_SHA_384: rsa,
  RSASSA_PSS_SHA_512: rsa,
  RSASSA_PKCS1_V1_5_SHA_256: rsa,
  RSASSA_PKCS1_V1_5_SHA_384: rsa,
  RSASSA_PKCS1_V1_5_SHA_512: rsa,
  ECDSA_SHA_256: ecdsa,
  ECDSA_SHA_384: ecdsa,
  ECDSA_SHA_512: ecdsa,
  ED25519_SHA_512: ed25519,
  ED25519_PH_SHA_512: ed25519,
  ML_DSA_SHAKE_256: mlDsa,
  SM2DSA: sm2Dsa,
};
