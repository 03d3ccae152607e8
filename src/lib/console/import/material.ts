import { bytesOfPem } from '../parts/pem.ts';

/** How many bytes the material of a key of this spec has; `undefined` for private keys. */
export function materialLength(keySpec: string): number | undefined {
  if (keySpec === 'SYMMETRIC_DEFAULT') return 32;
  const bits = /^HMAC_(\d+)$/.exec(keySpec)?.[1];
  return bits === undefined ? undefined : Number(bits) / 8;
}

const curves: Record<string, string> = {
  ECC_NIST_P256: 'P-256',
  ECC_NIST_P384: 'P-384',
  ECC_NIST_P521: 'P-521',
};

/** Whether the browser can make material for such a key; otherwise it comes from a file. */
export const canMake = (keySpec: string): boolean =>
  materialLength(keySpec) !== undefined || keySpec in curves || keySpec.startsWith('RSA_');

/** New random material: bytes, or a private key as PKCS #8. It is the learner's own, and no key of KMS yet. */
export async function makeMaterial(keySpec: string): Promise<Uint8Array<ArrayBuffer>> {
  const length = materialLength(keySpec);
  if (length !== undefined) return crypto.getRandomValues(new Uint8Array(length));
  const namedCurve = curves[keySpec];
  const algorithm = namedCurve
    ? { name: 'ECDSA', namedCurve }
    : {
        name: 'RSA-PSS',
        modulusLength: Number(keySpec.slice(4)),
        publicExponent: Uint8Array.of(1, 0, 1),
        hash: 'SHA-256',
      };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey));
}

/** Material from a file: PEM of a private key, hexadecimal digits, or the bytes as they are. */
export function readMaterial(bytes: Uint8Array<ArrayBuffer>, keySpec: string): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(bytes).trim();
  const length = materialLength(keySpec);
  if (length === undefined) return bytesOfPem(text, 'PRIVATE KEY') ?? bytes;
  return bytes.length === length ? bytes : (bytesOfHex(text) ?? bytes);
}

/** `undefined` for what is no even number of hexadecimal digits. */
export function bytesOfHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replace(/\s/g, '');
  if (!/^([0-9a-f]{2})*$/i.test(digits)) return undefined;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
