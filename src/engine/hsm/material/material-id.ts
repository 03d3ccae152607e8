import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { utf8Bytes } from '../bytes.ts';
import type { BackingKeySpec, ExportedKeyToken } from '../hsm.ts';
import { derive, labels } from '../kdf.ts';
import { keyIdOf } from '../key-token.ts';
import type { Material } from './material.ts';

/**
 * The KeyMaterialId, 64 lower-case hex digits. It depends on key id and material, so that the copies of a
 * multi-Region key share it, and material that is imported again has the same.
 * @param key HMAC with usage `sign`, where there is no public key
 */
export async function materialIdOf(
  keyId: string,
  _spec: BackingKeySpec,
  key: CryptoKey,
  publicKey: Material['publicKey'],
): Promise<string> {
  return publicKey === undefined
    ? bytesToHex(await derive(key, labels.materialId, utf8Bytes(keyId)))
    : publicMaterialId(keyId, publicKey);
}

/** Whether this public key (DER SubjectPublicKeyInfo) is that of the token. */
export function belongsTo(token: ExportedKeyToken, publicKey: Uint8Array): boolean {
  const keyId = keyIdOf(token.keyArn);
  return keyId !== undefined && publicMaterialId(keyId, publicKey) === token.materialId;
}

/**
 * Id of an asymmetric backing key: SHA-256 over key id, a zero byte and the public key. As the token's seal covers
 * the id, it also tells whether a public key is that of a token.
 */
function publicMaterialId(keyId: string, publicKey: Uint8Array): string {
  return bytesToHex(
    sha256
      .create()
      .update(utf8Bytes(`${keyId}\0`))
      .update(publicKey)
      .digest(),
  );
}
