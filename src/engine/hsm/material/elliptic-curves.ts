import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';
import type { Randomness } from '../../clock/randomness.ts';
import type { Bytes } from '../bytes.ts';
import type { NistCurveSpec } from '../hsm.ts';

export type EcdsaSpec = NistCurveSpec | 'ECC_SECG_P256K1';
export type CurveSpec = EcdsaSpec | 'ECC_NIST_EDWARDS25519' | 'SM2';

/** A curve's private keys: scalars, big-endian, or Ed25519's seeds (RFC 8032 §5.1.5). */
interface Curve {
  draw(randomness: Randomness): Bytes;
  /** Uncompressed where that can be said; `undefined` when the bytes are no private key. */
  publicKeyOf(privateKey: Uint8Array): Uint8Array | undefined;
}

/** The curve on plain numbers, for what Web Crypto does not do; loaded when first needed. */
export function loadCurve(spec: CurveSpec): Promise<Curve> {
  switch (spec) {
    case 'SM2':
      return sm2();
    case 'ECC_NIST_EDWARDS25519':
      return ed25519();
    default:
      return ecdsa(spec);
  }
}

/** The same, with its signatures. */
export async function loadEcdsa(spec: EcdsaSpec): Promise<ECDSA> {
  if (spec === 'ECC_SECG_P256K1') return (await import('@noble/curves/secp256k1.js')).secp256k1;
  const { p256, p384, p521 } = await import('@noble/curves/nist.js');
  return { ECC_NIST_P256: p256, ECC_NIST_P384: p384, ECC_NIST_P521: p521 }[spec];
}

async function ecdsa(spec: EcdsaSpec): Promise<Curve> {
  const { utils, lengths, getPublicKey } = await loadEcdsa(spec);
  return {
    // FIPS 186-5 §A.2.1: extra random bits, so that reduction shows no bias.
    draw: (randomness) => new Uint8Array(utils.randomSecretKey(randomness.bytes(lengths.seed!))),
    publicKeyOf: (privateKey) =>
      utils.isValidSecretKey(privateKey) ? getPublicKey(privateKey, false) : undefined,
  };
}

async function ed25519(): Promise<Curve> {
  const curve = (await import('@noble/curves/ed25519.js')).ed25519;
  return {
    draw: (randomness) => randomness.bytes(32),
    publicKeyOf: (privateKey) => curve.getPublicKey(privateKey),
  };
}

async function sm2(): Promise<Curve> {
  const { drawPrivateKey, publicKeyOf } = await import('../sm2/keys.ts');
  return { draw: drawPrivateKey, publicKeyOf };
}
