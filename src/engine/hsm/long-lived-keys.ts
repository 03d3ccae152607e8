import type { Randomness } from '../clock/randomness.ts';
import { wipe } from './bytes.ts';
import { loadCurve } from './material/elliptic-curves.ts';
import { pkcs8Of } from './material/private-key.ts';
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

/** Makes an agreement key, ECDH P-384, by the platform's generator; `public` is its DER SubjectPublicKeyInfo. */
export async function makeAgreementKey({ extractable }: Forge): Promise<Required<Forged>> {
  const pair = await crypto.subtle.generateKey(internalAgreement, extractable, ['deriveKey']);
  return publicHalf(pair);
}

/** Makes a signing key, ECDSA P-384; `public` is its DER SubjectPublicKeyInfo. */
export async function makeSigningKey({ extractable, seeded }: Forge): Promise<Required<Forged>> {
  if (seeded !== undefined) return signingKeyFrom(seeded, extractable);
  const pair = await crypto.subtle.generateKey(internalCurve, extractable, ['sign', 'verify']);
  return publicHalf(pair);
}

async function publicHalf({ privateKey, publicKey }: CryptoKeyPair): Promise<Required<Forged>> {
  return { key: privateKey, public: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)) };
}

async function signingKeyFrom(seeded: Randomness, extractable: boolean): Promise<Required<Forged>> {
  const curve = await loadCurve('ECC_NIST_P384');
  const privateKey = curve.draw(seeded);
  const publicKey = curve.publicKeyOf(privateKey)!;
  const pkcs8 = pkcs8Of('ECC_NIST_P384', privateKey, publicKey);
  try {
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, internalCurve, extractable, ['sign']);
    return { key, public: spkiOf('ECC_NIST_P384', publicKey) };
  } finally {
    wipe(privateKey);
    wipe(pkcs8);
  }
}
