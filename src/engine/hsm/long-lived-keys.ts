import { p384 } from '@noble/curves/nist.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import type { Randomness } from '../clock/randomness.ts';
import { concat, unshared, wipe } from './bytes.ts';
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

/** Makes a signing key, ECDSA P-384; `public` is its DER SubjectPublicKeyInfo. */
export async function makeSigningKey({ extractable, seeded }: Forge): Promise<Required<Forged>> {
  if (seeded !== undefined) return signingKeyFrom(seeded, extractable);
  const pair = await crypto.subtle.generateKey(internalCurve, extractable, ['sign', 'verify']);
  return {
    key: pair.privateKey,
    public: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
  };
}

/** DER around a P-384 key: PKCS #8 (RFC 5958 §2) with an ECPrivateKey (RFC 5915 §3), and X.509 (RFC 5480 §2). */
const der = {
  beforePrivateKey: hexToBytes('3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430'),
  beforePublicKey: hexToBytes('a164036200'),
  beforeSubjectPublicKey: hexToBytes('3076301006072a8648ce3d020106052b81040022036200'),
};

async function signingKeyFrom(seeded: Randomness, extractable: boolean): Promise<Required<Forged>> {
  const privateKey = p384.utils.randomSecretKey(seeded.bytes(p384.lengths.seed!));
  const publicKey = p384.getPublicKey(privateKey, false);
  const pkcs8 = concat(der.beforePrivateKey, privateKey, der.beforePublicKey, publicKey);
  try {
    const key = await crypto.subtle.importKey('pkcs8', unshared(pkcs8), internalCurve, extractable, ['sign']);
    return { key, public: concat(der.beforeSubjectPublicKey, publicKey) };
  } finally {
    wipe(privateKey);
    wipe(pkcs8);
  }
}
