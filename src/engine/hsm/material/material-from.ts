import type { BackingKeySpec } from '../hsm.ts';
import { familyOf } from './families.ts';
import type { Material } from './material.ts';

/**
 * Makes a key of imported material (AWS KMS Developer Guide, "Importing key material"): 32 bytes for a symmetric
 * key, as many bytes as the hash or more, up to 128, for an HMAC key, and DER PKCS #8 for a private key.
 * `undefined`: the bytes are no key of exactly this spec, or keys of this spec cannot be imported.
 */
export async function materialFrom(spec: BackingKeySpec, bytes: Uint8Array): Promise<Material | undefined> {
  return familyOf(spec).adopt?.(spec, bytes);
}
