import { unshared, wipe, type Bytes } from '../bytes.ts';
import type { Unwrapping } from '../domain.ts';
import type { WrappingAlgorithm } from '../hsm.ts';
import { openKeyWrap } from './key-wrap.ts';

type RsaWrappingAlgorithm = Exclude<WrappingAlgorithm, 'SM2PKE'>;

/** MGF1 uses the same hash; the label is empty. */
const hashes: Record<RsaWrappingAlgorithm, 'SHA-1' | 'SHA-256'> = {
  RSAES_OAEP_SHA_1: 'SHA-1',
  RSAES_OAEP_SHA_256: 'SHA-256',
  RSA_AES_KEY_WRAP_SHA_1: 'SHA-1',
  RSA_AES_KEY_WRAP_SHA_256: 'SHA-256',
};

/** The one-time AES key of RSA_AES_KEY_WRAP has 256 bits (AWS KMS Developer Guide, "Encrypt key material"). */
const aesKeyLength = 32;

/** The handle that the private half is unsealed into. */
export function rsaHandle(algorithm: RsaWrappingAlgorithm): Unwrapping {
  return {
    format: 'pkcs8',
    algorithm: { name: 'RSA-OAEP', hash: hashes[algorithm] },
    usages: ['decrypt'],
    extractable: false,
  };
}

/**
 * Opens wrapped material: RSAES-OAEP (RFC 8017 §7.1), or OAEP of an AES key followed by what that key wraps
 * (PKCS #11 v3.0 §2.1.21, CKM_RSA_AES_KEY_WRAP). `undefined`: it does not open.
 */
export function unwrapWithRsa(
  privateKey: CryptoKey,
  algorithm: RsaWrappingAlgorithm,
  wrapped: Uint8Array,
): Promise<Bytes | undefined> {
  return algorithm.startsWith('RSAES_OAEP')
    ? openOaep(privateKey, wrapped)
    : openTwoSteps(privateKey, wrapped);
}

async function openTwoSteps(privateKey: CryptoKey, wrapped: Uint8Array): Promise<Bytes | undefined> {
  const { modulusLength } = privateKey.algorithm as RsaHashedKeyAlgorithm;
  const aesKey = await openOaep(privateKey, wrapped.subarray(0, modulusLength / 8));
  if (aesKey === undefined) return undefined;
  try {
    return aesKey.length === aesKeyLength
      ? openKeyWrap(aesKey, wrapped.subarray(modulusLength / 8))
      : undefined;
  } finally {
    wipe(aesKey);
  }
}

async function openOaep(privateKey: CryptoKey, wrapped: Uint8Array): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt('RSA-OAEP', privateKey, unshared(wrapped)));
  } catch {
    return undefined;
  }
}
