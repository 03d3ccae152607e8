import { equal, wipe, type Bytes } from '../bytes.ts';
import type { NistCurveSpec } from '../hsm.ts';
import { loadCurve, type CurveSpec } from './elliptic-curves.ts';
import type { Family, Material } from './material.ts';
import { pkcs8Of, privateKeyIn } from './private-key.ts';
import { spkiOf } from './public-key.ts';
import { rawHandle } from './raw-handle.ts';

type PlatformSpec = NistCurveSpec | 'ECC_NIST_EDWARDS25519';

/**
 * The curves that Web Crypto knows. A new key's handle is one for signing; in PKCS #8, as it is sealed, it does not
 * differ from one for ECDH.
 */
const platformCurves = {
  ECC_NIST_P256: { name: 'ECDSA', namedCurve: 'P-256' },
  ECC_NIST_P384: { name: 'ECDSA', namedCurve: 'P-384' },
  ECC_NIST_P521: { name: 'ECDSA', namedCurve: 'P-521' },
  ECC_NIST_EDWARDS25519: { name: 'Ed25519' },
} satisfies Record<PlatformSpec, EcKeyImportParams | Algorithm>;

export const curveKeys: Family<CurveSpec> = {
  async generate(spec, { randomness, seeded }) {
    if (!seeded && onPlatform(spec)) return drawByPlatform(spec);
    const curve = await loadCurve(spec);
    const privateKey = curve.draw(randomness);
    return materialOf(spec, privateKey, curve.publicKeyOf(privateKey)!);
  },

  async adopt(spec, bytes) {
    const read = privateKeyIn(spec, bytes);
    if (read === undefined) return undefined;
    const publicKey = (await loadCurve(spec)).publicKeyOf(read.privateKey);
    if (publicKey === undefined || !equal(read.publicKey ?? publicKey, publicKey)) {
      wipe(read.privateKey);
      return undefined;
    }
    return materialOf(spec, read.privateKey, publicKey);
  },
};

function onPlatform(spec: CurveSpec): spec is PlatformSpec {
  return spec in platformCurves;
}

async function drawByPlatform(spec: PlatformSpec): Promise<Material> {
  const pair = await crypto.subtle.generateKey(platformCurves[spec], true, ['sign', 'verify']);
  // Only algorithms with one key for both sides give no pair.
  const { privateKey, publicKey } = pair as CryptoKeyPair;
  return { key: privateKey, publicKey: new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)) };
}

/** Wipes the private key. */
async function materialOf(spec: CurveSpec, privateKey: Bytes, publicKey: Uint8Array): Promise<Material> {
  try {
    const key = await (onPlatform(spec)
      ? importPrivateKey(spec, privateKey, publicKey)
      : rawHandle(privateKey));
    return { key, publicKey: spkiOf(spec, publicKey) };
  } finally {
    wipe(privateKey);
  }
}

async function importPrivateKey(
  spec: PlatformSpec,
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Promise<CryptoKey> {
  const pkcs8 = pkcs8Of(spec, privateKey, publicKey);
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, platformCurves[spec], true, ['sign']);
  } finally {
    wipe(pkcs8);
  }
}
