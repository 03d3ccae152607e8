import { bytesToHex } from '@noble/hashes/utils.js';
import { unshared, utf8Bytes, type Bytes } from './bytes.ts';
import { internalAgreement, internalCurve, internalSignature } from './long-lived-keys.ts';
import type { Secret } from './store/store.ts';

/** How two modules come to a common key, and know that it was each other that they spoke with. */

/** One side's key for one agreement. */
export interface AgreementKey {
  privateKey: CryptoKey;
  /** An uncompressed point, 97 bytes. */
  publicKey: Bytes;
}

/** Always from the platform's generator: it leaves no trace in what comes out. */
export async function newAgreementKey(): Promise<AgreementKey> {
  const pair = await crypto.subtle.generateKey(internalAgreement, false, ['deriveKey']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

/** The other side's public key: a point, or DER SubjectPublicKeyInfo. */
export function theirKey(format: 'raw' | 'spki', bytes: Uint8Array): Promise<CryptoKey> {
  return publicKeyOf(format, bytes, internalAgreement, []);
}

/** Public keys that were imported last. Checking that a point is on its curve takes as long as agreeing on a key. */
const publicKeys = new Map<string, Promise<CryptoKey>>();
const publicKeysKept = 128;

function publicKeyOf(
  format: 'raw' | 'spki',
  bytes: Uint8Array,
  algorithm: typeof internalAgreement | typeof internalCurve,
  usages: KeyUsage[],
): Promise<CryptoKey> {
  const name = `${algorithm.name} ${format} ${bytesToHex(bytes)}`;
  const known = publicKeys.get(name);
  if (known !== undefined) return known;
  const key = crypto.subtle.importKey(format, unshared(bytes), algorithm, false, usages);
  if (publicKeys.size >= publicKeysKept) publicKeys.clear();
  publicKeys.set(name, key);
  return key;
}

/**
 * What both sides derive: ECDH P-384 (SP 800-56A Rev. 3), then two-step key derivation (SP 800-56C Rev. 2 §5, which is
 * HKDF of RFC 5869) with SHA-384. Neither the shared secret nor the key ever exists as bytes in a script.
 * @param info what the key is for, and who agreed on it
 */
export async function agree(
  own: CryptoKey,
  theirs: CryptoKey,
  info: Bytes,
  { name, usage }: { name: 'AES-GCM' | 'AES-KW'; usage: 'wrapKey' | 'unwrapKey' },
): Promise<CryptoKey> {
  const secret = await crypto.subtle.deriveKey({ name: 'ECDH', public: theirs }, own, 'HKDF', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-384', salt: new Uint8Array(), info },
    secret,
    { name, length: 256 },
    false,
    [usage],
  );
}

/** What is signed, or otherwise bound: a JSON array in UTF-8, bytes as hex digits. */
export function statement(about: string, ...facts: readonly (string | number | Uint8Array)[]): Bytes {
  const texts = facts.map((fact) => (fact instanceof Uint8Array ? bytesToHex(fact) : fact));
  return utf8Bytes(JSON.stringify([`GlassKMS ${about}`, ...texts]));
}

/** ECDSA P-384 with SHA-384, in the form of IEEE P1363: 96 bytes. */
export async function signStatement({ key }: Secret, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(internalSignature, key, bytes));
}

/** @param publicKey the signing key that is known to be the other's, DER SubjectPublicKeyInfo */
export async function isSigned(publicKey: Uint8Array, bytes: Bytes, signature: Uint8Array): Promise<boolean> {
  const key = await publicKeyOf('spki', publicKey, internalCurve, ['verify']);
  return crypto.subtle.verify(internalSignature, key, unshared(signature), bytes);
}
