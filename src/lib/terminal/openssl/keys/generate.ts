import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { Failure } from '../io.ts';
import type { Curve } from './curves.ts';
import { ecKey, octetKey, type EcKey, type Key, type OctetKey } from './key.ts';
import { privateKeyIn } from './read.ts';

/** By Web Crypto, whose search for primes is far faster than one in JavaScript. */
export async function generateRsa(bits: number, exponent: bigint): Promise<Key> {
  if (bits < 512) throw new Failure('Error generating RSA key');
  try {
    const pair = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: bits,
        publicExponent: exponent === 3n ? Uint8Array.of(3) : Uint8Array.of(1, 0, 1),
        hash: 'SHA-256',
      },
      true,
      ['sign', 'verify'],
    );
    const key = privateKeyIn(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)));
    if (key) return key;
  } catch {
    // Browsers make keys of up to 16384 bits, and some not of every size.
  }
  throw new Failure(`This browser cannot generate an RSA key of ${bits} bits`);
}

export function generateEc(curve: Curve): EcKey {
  return ecKey(curve, Uint8Array.from(curve.ecdsa.utils.randomSecretKey()));
}

export function generateOctets(type: OctetKey['type']): OctetKey {
  const { utils } = type === 'ED25519' ? ed25519 : x25519;
  return octetKey(type, Uint8Array.from(utils.randomSecretKey()));
}
