import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { utf8Bytes } from './bytes.ts';
import { done, type Workbench } from './command.ts';
import type { BackingKeySpec, ExportedKeyToken, HsmResult } from './hsm.ts';
import { derive, labels } from './kdf.ts';
import { keyIdOf } from './key-token.ts';
import { backingKeyMade, tokenSealed } from './steps.ts';

type RsaSpec = Exclude<BackingKeySpec, 'SYMMETRIC_DEFAULT'>;

export const modulusBits: Record<RsaSpec, number> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

/** 65537, the public exponent of every RSA key in KMS. */
const publicExponent = Uint8Array.of(1, 0, 1);

interface NewBackingKey {
  token: ExportedKeyToken;
  /** DER SubjectPublicKeyInfo, for RSA. */
  publicKey?: Uint8Array;
}

/**
 * Makes a backing key in the platform's generator and seals it. `wrapKey` takes extractable keys only, so an
 * extractable handle exists here, from the key's making to its sealing; it is not kept.
 * @throws TypeError when `keyArn` is not the ARN of a KMS key
 */
export async function generateBackingKey(
  bench: Workbench,
  { keyArn, spec }: { keyArn: string; spec: BackingKeySpec },
): Promise<HsmResult<NewBackingKey>> {
  const keyId = keyIdOf(keyArn);
  if (keyId === undefined) throw new TypeError(`Not the ARN of a KMS key: ${keyArn}`);
  const made =
    spec === 'SYMMETRIC_DEFAULT'
      ? await generateSymmetric(bench, keyArn, keyId)
      : await generateRsa(bench, keyArn, keyId, spec);
  bench.steps?.push(backingKeyMade(made.token), tokenSealed(made.token));
  return done(bench, made);
}

async function generateSymmetric(
  { domain }: Workbench,
  keyArn: string,
  keyId: string,
): Promise<NewBackingKey> {
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, true, ['sign']);
  const materialId = bytesToHex(await derive(key, labels.materialId, utf8Bytes(keyId)));
  return { token: await domain.seal(key, { materialId, keyArn, spec: 'SYMMETRIC_DEFAULT' }) };
}

async function generateRsa(
  { domain }: Workbench,
  keyArn: string,
  keyId: string,
  spec: RsaSpec,
): Promise<NewBackingKey> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: modulusBits[spec], publicExponent };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const materialId = rsaMaterialId(keyId, publicKey);
  return { token: await domain.seal(pair.privateKey, { materialId, keyArn, spec }), publicKey };
}

/**
 * Id of an RSA backing key: SHA-256 over key id, a zero byte and the public key. As the token's seal covers the
 * id, it also tells whether a public key is that of a token.
 */
export function rsaMaterialId(keyId: string, publicKey: Uint8Array): string {
  return bytesToHex(
    sha256
      .create()
      .update(utf8Bytes(`${keyId}\0`))
      .update(publicKey)
      .digest(),
  );
}
