import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import type { RsaPrivateKey, RsaPublicKey } from '../rsa/rsa.ts';
import type { Curve } from './curves.ts';

/** A key as its file has it; `secret` is absent in public ones. */
export type Key = RsaKey | EcKey | OctetKey;

export interface RsaKey {
  type: 'RSA';
  public: RsaPublicKey;
  secret?: RsaPrivateKey;
}

export interface EcKey {
  type: 'EC';
  curve: Curve;
  /** Not compressed. */
  point: Uint8Array<ArrayBuffer>;
  secret?: Uint8Array<ArrayBuffer>;
}

/** Keys of RFC 8410, which are plain octets. */
export interface OctetKey {
  type: 'ED25519' | 'X25519';
  point: Uint8Array<ArrayBuffer>;
  secret?: Uint8Array<ArrayBuffer>;
}

export const octetKeyIds = { ED25519: '1.3.101.112', X25519: '1.3.101.110' } as const;

/** The key pair that a secret makes. */
export function ecKey(curve: Curve, secret: Uint8Array<ArrayBuffer>): EcKey {
  return { type: 'EC', curve, secret, point: Uint8Array.from(curve.ecdsa.getPublicKey(secret, false)) };
}

export function octetKey(type: OctetKey['type'], secret: Uint8Array<ArrayBuffer>): OctetKey {
  const { getPublicKey } = type === 'ED25519' ? ed25519 : x25519;
  return { type, secret, point: Uint8Array.from(getPublicKey(secret)) };
}
