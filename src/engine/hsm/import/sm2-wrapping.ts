import { wipe, type Bytes } from '../bytes.ts';

/**
 * Opens wrapped material: SM2 public key encryption (GM/T 0003.4), DER. `undefined`: it does not open.
 * @param privateKey the bare number, as an extractable handle
 */
export async function unwrapWithSm2(privateKey: CryptoKey, wrapped: Uint8Array): Promise<Bytes | undefined> {
  const { decryptSm2 } = await import('../sm2/encryption.ts');
  const number = new Uint8Array(await crypto.subtle.exportKey('raw', privateKey));
  try {
    return decryptSm2(number, wrapped);
  } finally {
    wipe(number);
  }
}
