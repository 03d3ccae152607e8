import type { Randomness } from '../clock/randomness.ts';
import { wipe, type Bytes } from './bytes.ts';
import { loadCurve } from './material/elliptic-curves.ts';
import { pkcs8Of, privateKeyIn } from './material/private-key.ts';
import { spkiOf } from './material/public-key.ts';
import type { Secret } from './store/store.ts';

/** How one of the module's own keys is to be made. */
export interface Forge {
  /** Only for a store that has to keep bytes. */
  extractable: boolean;
  /** Where the bytes come from in a module with a seed. Without one the platform's generator makes the key. */
  seeded: Randomness | undefined;
}

/** A key that was made, before the module gives it an id. */
export type Forged = Pick<Secret, 'key' | 'public'>;

/**
 * Makes a domain key: AES-256-GCM. It can wrap and unwrap keys, nothing else: not even this module can encrypt,
 * decrypt or export anything with it.
 */
export async function makeDomainKey({ extractable, seeded }: Forge): Promise<Forged> {
  const usages: KeyUsage[] = ['wrapKey', 'unwrapKey'];
  const key =
    seeded === undefined
      ? await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, extractable, usages)
      : await crypto.subtle.importKey('raw', seeded.bytes(32), 'AES-GCM', extractable, usages);
  return { key };
}

/** ECDSA P-384 with SHA-384 signs what modules say to each other (facts: AWS KMS Cryptographic Details). */
export const internalSignature = { name: 'ECDSA', hash: 'SHA-384' } as const;
export const internalCurve = { name: 'ECDSA', namedCurve: 'P-384' } as const;

/** ECDH P-384 is how modules agree on keys. */
export const internalAgreement = { name: 'ECDH', namedCurve: 'P-384' } as const;

/** Makes a signing key, ECDSA P-384; `public` is its DER SubjectPublicKeyInfo. */
export function makeSigningKey(forge: Forge): Promise<Required<Forged>> {
  return makeCurveKey(forge, internalCurve, { own: ['sign'], others: ['verify'] });
}

/** Makes an agreement key, ECDH P-384; `public` is its DER SubjectPublicKeyInfo. */
export function makeAgreementKey(forge: Forge): Promise<Required<Forged>> {
  return makeCurveKey(forge, internalAgreement, { own: ['deriveKey'], others: [] });
}

interface Usages {
  own: KeyUsage[];
  others: KeyUsage[];
}

async function makeCurveKey(
  { extractable, seeded }: Forge,
  algorithm: typeof internalCurve | typeof internalAgreement,
  { own, others }: Usages,
): Promise<Required<Forged>> {
  if (seeded !== undefined) return curveKeyFrom(seeded, extractable, algorithm, own);
  const pair = await crypto.subtle.generateKey(algorithm, extractable, [...own, ...others]);
  return {
    key: pair.privateKey,
    public: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
  };
}

async function curveKeyFrom(
  seeded: Randomness,
  extractable: boolean,
  algorithm: typeof internalCurve | typeof internalAgreement,
  usages: KeyUsage[],
): Promise<Required<Forged>> {
  const privateKey = (await loadCurve('ECC_NIST_P384')).draw(seeded);
  const publicKey = await publicKeyOf(privateKey);
  const pkcs8 = pkcs8Of('ECC_NIST_P384', privateKey, publicKey);
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, extractable, usages);
    return { key, public: spkiOf('ECC_NIST_P384', publicKey) };
  } finally {
    wipe(privateKey);
    wipe(pkcs8);
  }
}

/**
 * An uncompressed point. By the platform, which takes a fraction of the library's time, where it takes a private key
 * without its public one and adds that (RFC 5915 §3 lets it be left out).
 */
async function publicKeyOf(privateKey: Uint8Array): Promise<Uint8Array> {
  const bare = pkcs8Of('ECC_NIST_P384', privateKey);
  let whole: Bytes | undefined;
  try {
    const key = await crypto.subtle.importKey('pkcs8', bare, internalCurve, true, ['sign']);
    whole = new Uint8Array(await crypto.subtle.exportKey('pkcs8', key));
  } catch {
    // Not here, then: the library takes every key.
  } finally {
    wipe(bare);
  }
  const read = whole && privateKeyIn('ECC_NIST_P384', whole);
  if (whole) wipe(whole);
  if (read) wipe(read.privateKey);
  return read?.publicKey ?? (await loadCurve('ECC_NIST_P384')).publicKeyOf(privateKey)!;
}
