import { unshared } from '../bytes.ts';
import type { RsaSpec } from '../hsm.ts';
import { belongTogether } from '../signature/rsa-numbers.ts';
import { only } from './der-reader.ts';
import type { Family, Material } from './material.ts';

export const modulusBits: Record<RsaSpec, number> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

/** 65537, the public exponent of every RSA key that KMS makes. */
const publicExponent = Uint8Array.of(1, 0, 1);

/** A new key's handle is one for decryption; in PKCS #8, as it is sealed, it does not differ from one for signing. */
const scheme = { name: 'RSA-OAEP', hash: 'SHA-256' };

export const rsa: Family<RsaSpec> = {
  async generate(spec, { randomness, seeded }) {
    if (seeded) {
      const { pooledRsaKey } = await import('./rsa-pool.ts');
      return importPrivateKey(pooledRsaKey(spec, randomness));
    }
    const algorithm = { ...scheme, modulusLength: modulusBits[spec], publicExponent };
    const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
    return { key: pair.privateKey, publicKey: await spki(pair.publicKey) };
  },

  async adopt(spec, bytes) {
    try {
      // Some platforms overlook what comes after a key.
      only(0x30, bytes);
      const material = await importPrivateKey(bytes);
      const { modulusLength } = material.key.algorithm as RsaHashedKeyAlgorithm;
      const whole = belongTogether(await crypto.subtle.exportKey('jwk', material.key));
      return modulusLength === modulusBits[spec] && whole ? material : undefined;
    } catch {
      // Not PKCS #8, or not of RSA.
      return undefined;
    }
  },
};

async function importPrivateKey(pkcs8: Uint8Array): Promise<Required<Material>> {
  const key = await crypto.subtle.importKey('pkcs8', unshared(pkcs8), scheme, true, ['decrypt']);
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', key);
  const publicJwk = { kty: kty!, n: n!, e: e! };
  const publicKey = await crypto.subtle.importKey('jwk', publicJwk, scheme, true, ['encrypt']);
  return { key, publicKey: await spki(publicKey) };
}

async function spki(key: CryptoKey): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', key));
}
