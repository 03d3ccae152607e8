import { createPrivateKey } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BackingKeySpec, ExportedKeyToken, Hsm, SigningAlgorithm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { Step } from '../../src/engine/trace/trace.ts';
import { domainKey } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, openToken } from './support.ts';

/**
 * The one exception of the module: which commands lend a key's bytes to a library, and that they are wiped and shown
 * to nobody. Every other command leaves them to Web Crypto.
 */

const { subtle } = crypto;
const watched = true;

let hsm: Hsm;
const made = new Map<BackingKeySpec, { token: ExportedKeyToken; publicKey: Uint8Array }>();

const specs = [
  ...(['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'] as const),
  ...(['ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'ML_KEM_512', 'SM2', 'HMAC_224', 'HMAC_256'] as const),
];

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  for (const spec of specs) {
    const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    made.set(spec, { token, publicKey: publicKey ?? new Uint8Array() });
  }
});
afterEach(() => void vi.restoreAllMocks());

const key = (spec: BackingKeySpec) => made.get(spec)!;
const message = Buffer.from('message');
const digest = (length: number) => new Uint8Array(length).fill(5);

const sign = (spec: BackingKeySpec, algorithm: SigningAlgorithm, digestLength?: number) => () => {
  const input =
    digestLength === undefined
      ? ({ messageType: 'RAW', message } as const)
      : ({ messageType: 'DIGEST', message: digest(digestLength) } as const);
  return hsm.sign({ token: key(spec).token, algorithm, ...input, watched });
};
const mac = (spec: BackingKeySpec, algorithm: 'HMAC_SHA_224' | 'HMAC_SHA_256') => () =>
  hsm.generateMac({ token: key(spec).token, algorithm, message, watched });
const agree = (spec: BackingKeySpec) => () => hsm.deriveSharedSecret({ ...key(spec), watched });
const sm2Side = () => ({ ...key('SM2'), algorithm: 'SM2PKE', context: {}, watched }) as const;

type Run = () => Promise<{ ok: boolean; steps: Step[] }>;

const lending: [string, BackingKeySpec, Run][] = [
  ['RSA, over a digest', 'RSA_2048', sign('RSA_2048', 'RSASSA_PSS_SHA_256', 32)],
  ['ECDSA P-256, over a digest', 'ECC_NIST_P256', sign('ECC_NIST_P256', 'ECDSA_SHA_256', 32)],
  ['ECDSA P-384, over a digest', 'ECC_NIST_P384', sign('ECC_NIST_P384', 'ECDSA_SHA_384', 48)],
  ['ECDSA P-521, over a digest', 'ECC_NIST_P521', sign('ECC_NIST_P521', 'ECDSA_SHA_512', 64)],
  ['ECDSA secp256k1', 'ECC_SECG_P256K1', sign('ECC_SECG_P256K1', 'ECDSA_SHA_256')],
  ['Ed25519ph', 'ECC_NIST_EDWARDS25519', sign('ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 64)],
  ['ML-DSA', 'ML_DSA_44', sign('ML_DSA_44', 'ML_DSA_SHAKE_256')],
  ['SM2DSA', 'SM2', sign('SM2', 'SM2DSA')],
  ['SM2, agreement', 'SM2', agree('SM2')],
  [
    'SM2PKE, decryption',
    'SM2',
    async () => {
      const { ciphertext } = accepted(await hsm.encrypt({ ...sm2Side(), plaintext: message }));
      return hsm.decrypt({ ...sm2Side(), ciphertext });
    },
  ],
  [
    'ML-KEM, decapsulation',
    'ML_KEM_512',
    () => hsm.decapsulate({ token: key('ML_KEM_512').token, ciphertext: new Uint8Array(768), watched }),
  ],
  ['HMAC-SHA-224', 'HMAC_224', mac('HMAC_224', 'HMAC_SHA_224')],
];

const keeping: [string, Run][] = [
  ['RSA, over a message', sign('RSA_2048', 'RSASSA_PSS_SHA_256')],
  ['ECDSA P-256, over a message', sign('ECC_NIST_P256', 'ECDSA_SHA_256')],
  ['ECDSA P-384, over a message', sign('ECC_NIST_P384', 'ECDSA_SHA_384')],
  ['ECDSA P-521, over a message', sign('ECC_NIST_P521', 'ECDSA_SHA_512')],
  ['Ed25519', sign('ECC_NIST_EDWARDS25519', 'ED25519_SHA_512')],
  ['ECDH P-256', agree('ECC_NIST_P256')],
  ['ECDH P-384', agree('ECC_NIST_P384')],
  ['ECDH P-521', agree('ECC_NIST_P521')],
  ['HMAC-SHA-256', mac('HMAC_256', 'HMAC_SHA_256')],
  ['SM2PKE, encryption', () => hsm.encrypt({ ...sm2Side(), plaintext: message })],
  ['ML-KEM, encapsulation', () => hsm.encapsulate({ ...key('ML_KEM_512'), watched })],
];

/** The private key's own bytes: of PKCS #8 what a JSON Web Key calls `d`. */
function secretOf(spec: BackingKeySpec): Buffer {
  const material = openToken(key(spec).token, domainKey);
  if (!spec.startsWith('RSA') && !spec.startsWith('ECC_NIST')) return material;
  const { d } = createPrivateKey({ key: material, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  return Buffer.from(d!, 'base64url');
}

/** Bytes and texts in a value, however deep; of a view, its whole buffer. */
function* contents(value: unknown): Generator<Buffer> {
  if (ArrayBuffer.isView(value)) yield Buffer.from(value.buffer);
  else if (typeof value === 'string') yield Buffer.from(value, 'hex');
  else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) yield* contents(member);
  }
}

describe.each(lending)('%s', (_name, spec, run) => {
  test('lends the key once, and shows it to nobody', async () => {
    const exported = vi.spyOn(subtle, 'exportKey');
    const result = await run();
    expect(result.ok).toBe(true);
    expect(exported).toHaveBeenCalledTimes(1);
    const handle = exported.mock.calls[0]![1];
    expect(handle.extractable).toBe(true);

    const secret = secretOf(spec);
    expect(secret.length).toBeGreaterThanOrEqual(28);
    for (const bytes of contents(result)) expect(bytes.includes(secret)).toBe(false);
    const titles = result.steps.map(({ title }) => title);
    expect(titles[0]).toBe('The domain key opens the exported key token.');
    expect(titles).toContain('The key, lent for this call, is forgotten.');
    expect(JSON.stringify(result.steps)).toContain('extractable for this call');
  });

  test('wipes what was exported', async () => {
    const exports: (ArrayBuffer | JsonWebKey)[] = [];
    const original = subtle.exportKey.bind(subtle);
    vi.spyOn(subtle, 'exportKey').mockImplementation(async (...args: Parameters<typeof original>) => {
      const bytes = (await original(...args)) as ArrayBuffer;
      exports.push(bytes);
      return bytes;
    });
    expect((await run()).ok).toBe(true);
    expect(exports.length).toBe(1);
    const [bytes] = exports;
    // RSA's numbers are strings, which nothing can wipe.
    if (spec.startsWith('RSA')) expect(bytes).toHaveProperty('d');
    else expect(new Uint8Array(bytes as ArrayBuffer).every((byte) => byte === 0)).toBe(true);
  });
});

test.each(keeping)('%s leaves the key to Web Crypto', async (_name, run) => {
  const exported = vi.spyOn(subtle, 'exportKey');
  const unwrapped = vi.spyOn(subtle, 'unwrapKey');
  expect((await run()).ok).toBe(true);
  expect(exported).not.toHaveBeenCalled();
  for (const { value } of unwrapped.mock.results) {
    expect((await (value as Promise<CryptoKey>)).extractable).toBe(false);
  }
});
