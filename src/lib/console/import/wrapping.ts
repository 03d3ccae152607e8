import { aeskwp } from '@noble/ciphers/aes.js';
import type { AlgorithmSpec } from '@aws-sdk/client-kms';
import { wrapUnderRsa } from '$lib/cloud/key-material.ts';

/** The wrapping algorithms that the page can do. */
export type Wrapping = Extract<
  AlgorithmSpec,
  'RSAES_OAEP_SHA_256' | 'RSAES_OAEP_SHA_1' | 'RSA_AES_KEY_WRAP_SHA_256' | 'RSA_AES_KEY_WRAP_SHA_1'
>;

const oaep: Wrapping[] = ['RSAES_OAEP_SHA_256', 'RSAES_OAEP_SHA_1'];
const twoSteps: Wrapping[] = ['RSA_AES_KEY_WRAP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1'];

/** Which of them KMS takes for material of a key of this spec (KMS API Reference, GetParametersForImport). */
export function wrappingsFor(keySpec: string): Wrapping[] {
  if (/^(SYMMETRIC_DEFAULT|HMAC_)/.test(keySpec)) return oaep;
  return keySpec.startsWith('RSA_') ? twoSteps : [...twoSteps, ...oaep];
}

/**
 * Wraps key material under KMS's wrapping key: by RSA-OAEP, or, where the material is longer than RSA can take, by
 * AES key wrap with padding (RFC 5649) under a new AES key, which stands before it, wrapped by RSA-OAEP.
 * @param publicKey SubjectPublicKeyInfo, from GetParametersForImport
 */
export async function wrapMaterial(
  wrapping: Wrapping,
  publicKey: Uint8Array,
  material: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const hash = wrapping.endsWith('SHA_1') ? 'SHA-1' : 'SHA-256';
  if (!wrapping.startsWith('RSA_AES')) return wrapUnderRsa(publicKey, hash, material);
  const aesKey = crypto.getRandomValues(new Uint8Array(32));
  const [wrappedKey, wrapped] = [
    await wrapUnderRsa(publicKey, hash, aesKey),
    aeskwp(aesKey).encrypt(material),
  ];
  aesKey.fill(0);
  const joined = new Uint8Array(wrappedKey.length + wrapped.length);
  joined.set(wrappedKey);
  joined.set(wrapped, wrappedKey.length);
  return joined;
}
