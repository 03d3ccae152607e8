import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

type Ecdsa = typeof p256;

export interface Curve {
  /** As the program names it: `prime256v1`. */
  name: string;
  /** NIST's name, where it has one. */
  nist?: string;
  /** Object identifier. */
  id: string;
  bits: number;
  ecdsa: Ecdsa;
}

export const curves: readonly Curve[] = [
  { name: 'prime256v1', nist: 'P-256', id: '1.2.840.10045.3.1.7', bits: 256, ecdsa: p256 },
  { name: 'secp384r1', nist: 'P-384', id: '1.3.132.0.34', bits: 384, ecdsa: p384 },
  { name: 'secp521r1', nist: 'P-521', id: '1.3.132.0.35', bits: 521, ecdsa: p521 },
  { name: 'secp256k1', id: '1.3.132.0.10', bits: 256, ecdsa: secp256k1 },
];

export function curveNamed(name: string): Curve | undefined {
  const plain = name === 'secp256r1' ? 'prime256v1' : name;
  return curves.find((curve) => curve.name === plain || curve.nist === plain);
}
