import type { KeySpec, KeyUsageType, KMS } from '@aws-sdk/client-kms';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  constants,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import type { RsaSpec } from '../../src/engine/hsm/hsm.ts';
import { pooledRsaKey } from '../../src/engine/hsm/material/rsa-pool.ts';

/** RSA keys take long to find, and longer on a busy machine. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Whether the openssl command is there; tests that ask it are skipped, and say so, where it is not. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export const china = 'cn-north-1';

/** Runs `openssl` in a folder of its own with these files; gives what it writes to the file `out`. */
export function openssl(options: string[], files: Record<string, Uint8Array | string>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'glass-kms-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    execFileSync('openssl', [...options, '-out', 'out'], { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'out'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array): void {
  expect(Buffer.from(one ?? []).toString('hex')).toBe(Buffer.from(other).toString('hex'));
}

/** A key that KMS makes; gives its id and its public key, DER SubjectPublicKeyInfo. */
export async function madeKey(client: KMS, KeySpec: KeySpec, KeyUsage: KeyUsageType) {
  const { KeyMetadata } = await client.createKey({ KeySpec, KeyUsage });
  const { KeyId } = KeyMetadata!;
  const { PublicKey } = await client.getPublicKey({ KeyId });
  return { KeyId: KeyId!, spki: Buffer.from(PublicKey!) };
}

export function publicKeyFrom(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

/** A private key that Node holds, from the pool that seeded clouds have too: finding a new one takes seconds. */
export function rsaPair(spec: RsaSpec): { privateKey: KeyObject } {
  const key = Buffer.from(pooledRsaKey(spec, systemRandomness));
  return { privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }) };
}

/** The last `length` bytes of a SubjectPublicKeyInfo: the bare public key, where it has a fixed length. */
export function barePublicKey(spki: Uint8Array, length: number): Uint8Array {
  return new Uint8Array(spki.subarray(spki.length - length));
}

/**
 * A KMS key whose material comes from outside, by the way of the KMS Developer Guide, "Encrypting key material":
 * secrets by RSAES_OAEP_SHA_256, private keys (PKCS #8) by RSA_AES_KEY_WRAP_SHA_256 with AES-KWP (RFC 5649).
 */
export async function importedKey(
  client: KMS,
  KeySpec: KeySpec,
  KeyUsage: KeyUsageType,
  material: Uint8Array,
): Promise<string> {
  const { KeyMetadata } = await client.createKey({ KeySpec, KeyUsage, Origin: 'EXTERNAL' });
  const KeyId = KeyMetadata!.KeyId!;
  const isSecret = KeySpec === 'SYMMETRIC_DEFAULT' || KeySpec.startsWith('HMAC_');
  const { ImportToken, PublicKey } = await client.getParametersForImport({
    KeyId,
    WrappingKeySpec: 'RSA_2048',
    WrappingAlgorithm: isSecret ? 'RSAES_OAEP_SHA_256' : 'RSA_AES_KEY_WRAP_SHA_256',
  });
  const oaep = (bytes: Uint8Array) =>
    publicEncrypt(
      { key: publicKeyFrom(PublicKey!), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      bytes,
    );
  await client.importKeyMaterial({
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: isSecret ? oaep(material) : wrapped(material, oaep),
    ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
  });
  return KeyId;
}

function wrapped(material: Uint8Array, oaep: (bytes: Uint8Array) => Uint8Array): Buffer {
  const key = randomBytes(32);
  // The alternative initial value of RFC 5649, §3.
  const cipher = createCipheriv('id-aes256-wrap-pad', key, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([oaep(key), cipher.update(material), cipher.final()]);
}
