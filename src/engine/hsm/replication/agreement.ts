import { bytesToHex } from '@noble/hashes/utils.js';
import { unshared, utf8Bytes, type Bytes } from '../bytes.ts';
import { internalCurve, internalSignature } from '../long-lived-keys.ts';
import type { Secret } from '../store/store.ts';

/** How two Regions' modules come to a common key, and know that it was each other that they spoke with. */

const curve = { name: 'ECDH', namedCurve: 'P-384' } as const;

/** One side's key for one agreement. */
export interface AgreementKey {
  privateKey: CryptoKey;
  /** An uncompressed point, 97 bytes. */
  publicKey: Bytes;
}

/** Always from the platform's generator: it leaves no trace in what comes out. */
export async function newAgreementKey(): Promise<AgreementKey> {
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveKey']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { privateKey: pair.privateKey, publicKey };
}

/**
 * The replication wrapping key, AES-256-GCM: ephemeral ECDH P-384 (SP 800-56A Rev. 3, C(2e, 0s)), then two-step key
 * derivation (SP 800-56C Rev. 2 §5, which is HKDF of RFC 5869) with SHA-384. Neither the shared secret nor the key
 * ever exists as bytes in a script.
 */
export async function agreeOnWrappingKey(
  own: AgreementKey,
  theirs: Uint8Array,
  { offered, answered }: { offered: Uint8Array; answered: Uint8Array },
  usage: 'wrapKey' | 'unwrapKey',
): Promise<CryptoKey> {
  const publicKey = await crypto.subtle.importKey('raw', unshared(theirs), curve, false, []);
  const secret = await crypto.subtle.deriveKey(
    { name: 'ECDH', public: publicKey },
    own.privateKey,
    'HKDF',
    false,
    ['deriveKey'],
  );
  const info = statement('replication wrapping key', offered, answered);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-384', salt: new Uint8Array(), info },
    secret,
    { name: 'AES-GCM', length: 256 },
    false,
    [usage],
  );
}

/** What is signed, or otherwise bound: a JSON array in UTF-8, bytes as hex digits. */
export function statement(about: string, ...facts: readonly (string | Uint8Array)[]): Bytes {
  const texts = facts.map((fact) => (typeof fact === 'string' ? fact : bytesToHex(fact)));
  return utf8Bytes(JSON.stringify([`GlassKMS ${about}`, ...texts]));
}

/** ECDSA P-384 with SHA-384, in the form of IEEE P1363. */
export async function signStatement({ key }: Secret, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(internalSignature, key, bytes));
}

/** @param publicKey the signing key that is known to be the other Region's, DER SubjectPublicKeyInfo */
export async function isSigned(publicKey: Uint8Array, bytes: Bytes, signature: Uint8Array): Promise<boolean> {
  const key = await crypto.subtle.importKey('spki', unshared(publicKey), internalCurve, false, ['verify']);
  return crypto.subtle.verify(internalSignature, key, unshared(signature), bytes);
}
