import { createCipheriv, createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { BackingKeySpec, ExportedKeyToken } from '../../src/engine/hsm/hsm.ts';
import { keyArn } from './support.ts';

/** The domain key of a module that `knownDomainKey` founded with it. */
export const domainKey = new Uint8Array(32).fill(7);

/**
 * Seals published key material into a token, by Node's own cryptography, as the documentation of tokens says: so
 * the module works with the keys of test vectors.
 * @param material as a token holds it: raw, or PKCS #8
 * @param publicKey DER SubjectPublicKeyInfo, where the command looks at whether it belongs to the token
 */
export function craftToken(
  spec: BackingKeySpec,
  material: Uint8Array,
  publicKey: Uint8Array = new Uint8Array(),
): ExportedKeyToken {
  const keyId = keyArn.slice(keyArn.indexOf('/') + 1);
  const materialId = createHash('sha256').update(`${keyId}\0`).update(publicKey).digest('hex');
  const domainKeyId = '11111111-2222-4333-8444-555555555555';
  const aad = JSON.stringify(['GlassKMS exported key token', materialId, keyArn, spec, domainKeyId]);
  const iv = new Uint8Array(12).fill(1);
  const cipher = createCipheriv('aes-256-gcm', domainKey, iv).setAAD(Buffer.from(aad));
  const sealed = Buffer.concat([cipher.update(material), cipher.final(), cipher.getAuthTag()]);
  return { materialId, keyArn, spec, domainKeyId, iv, sealed: new Uint8Array(sealed) };
}

export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** DER SubjectPublicKeyInfo of a point, by its curve's DER AlgorithmIdentifier. */
export function spkiOfPoint(algorithmHex: string, pointHex: string): Uint8Array<ArrayBuffer> {
  const bits = `00${pointHex}`;
  const length = (hex: string) => {
    const octets = (hex.length / 2).toString(16).padStart(2, '0');
    return hex.length / 2 < 0x80 ? octets : `81${octets}`;
  };
  const content = `${algorithmHex}03${length(bits)}${bits}`;
  return fromHex(`30${length(content)}${content}`);
}

export const algorithmIdentifiers = {
  ECC_NIST_P256: '301306072a8648ce3d020106082a8648ce3d030107',
  ECC_NIST_P384: '301006072a8648ce3d020106052b81040022',
  ECC_NIST_P521: '301006072a8648ce3d020106052b81040023',
  ECC_SECG_P256K1: '301006072a8648ce3d020106052b8104000a',
  SM2: '301306072a8648ce3d020106082a811ccf5501822d',
} as const;

export function nodeKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}
