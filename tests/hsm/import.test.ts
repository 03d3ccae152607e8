import { spawnSync } from 'node:child_process';
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  BackingKeySpec,
  Hsm,
  RsaSpec,
  WrappingAlgorithm,
  WrappingKeySpec,
} from '../../src/engine/hsm/hsm.ts';
import { openKeyWrap } from '../../src/engine/hsm/import/key-wrap.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import {
  accepted,
  ciphers,
  hasOpenssl,
  keyArn,
  knownDomainKey,
  openGcm,
  openTestHsm,
  openToken,
  otherKeyArn,
  otherRegionKeyArn,
  refusal,
  startTime,
} from './support.ts';

const domainKey = new Uint8Array(32).fill(7);
const validTo = startTime + 24 * 60 * 60 * 1000;
const oaep = 'RSAES_OAEP_SHA_256';

let hsm: Hsm;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

interface ImportParameters {
  importToken: Uint8Array;
  publicKey: Uint8Array;
}

async function beginAnew(
  wrappingAlgorithm: WrappingAlgorithm = oaep,
  wrappingKeySpec: WrappingKeySpec = 'RSA_2048',
  arn = keyArn,
): Promise<ImportParameters> {
  return accepted(await hsm.beginImport({ keyArn: arn, wrappingKeySpec, wrappingAlgorithm, validTo }));
}

const begun = new Map<string, Promise<ImportParameters>>();

/** Finding an RSA pair takes long, and parameters may be used as often as one likes: the same for all who ask alike. */
function begin(...wanted: Parameters<typeof beginAnew>): Promise<ImportParameters> {
  const name = JSON.stringify(wanted);
  const parameters = begun.get(name) ?? beginAnew(...wanted);
  begun.set(name, parameters);
  return parameters;
}

function rsaPublicKey({ publicKey }: ImportParameters) {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
}

/** Node's AES-KWP (RFC 5649), through OpenSSL. */
function keyWrap(key: Uint8Array, material: Uint8Array): Buffer {
  const cipher = createCipheriv(`id-aes${key.length * 8}-wrap-pad`, key, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([cipher.update(material), cipher.final()]);
}

/** Wraps as a customer does, by Node's own cryptography. */
function wrap(
  parameters: ImportParameters,
  algorithm: WrappingAlgorithm,
  material: Uint8Array,
  aesKey = randomBytes(32),
) {
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const key = { key: rsaPublicKey(parameters), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
  return algorithm.startsWith('RSAES_OAEP')
    ? publicEncrypt(key, material)
    : Buffer.concat([publicEncrypt(key, aesKey), keyWrap(aesKey, material)]);
}

function finish(
  { importToken }: ImportParameters,
  encryptedMaterial: Uint8Array,
  change: { spec?: BackingKeySpec; keyArn?: string; now?: number; watched?: boolean } = {},
) {
  const command = { keyArn, spec: 'SYMMETRIC_DEFAULT', now: startTime, ...change } as const;
  return hsm.importMaterial({ ...command, importToken, encryptedMaterial });
}

const material = Buffer.alloc(32, 'material');

describe('beginImport', () => {
  test.each<[RsaSpec, number]>([
    ['RSA_2048', 2048],
    ['RSA_3072', 3072],
    ['RSA_4096', 4096],
  ])('makes a pair of %s, with a token that AWS’s clients have room for', async (spec, modulusLength) => {
    const parameters = await begin(oaep, spec);
    expect(rsaPublicKey(parameters).asymmetricKeyDetails).toMatchObject({
      modulusLength,
      publicExponent: 65537n,
    });
    expect(parameters.importToken.length).toBeLessThanOrEqual(6144);
    accepted(await finish(parameters, wrap(parameters, oaep, material)));
  });

  test('makes a new pair each time', async () => {
    const [one, other] = [await beginAnew(), await beginAnew()];
    expect(one.publicKey).not.toEqual(other.publicKey);
  });

  test('seals the private half as its documentation says', async () => {
    const parameters = await begin();
    const token = Buffer.from(parameters.importToken);
    const ivOffset = 3 + token.readUInt16BE(1);
    expect(token[0]).toBe(1);
    expect(JSON.parse(token.toString('utf8', 3, ivOffset))).toEqual([
      'GlassKMS import token',
      (await hsm.view()).domains[0]!.domainKeyId,
      ...[keyArn, 'RSA_2048', oaep, validTo],
    ]);
    const [header, iv] = [token.subarray(0, ivOffset), token.subarray(ivOffset, ivOffset + 12)];
    const der = openGcm(domainKey, iv, header, token.subarray(ivOffset + 12));
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    expect(createPublicKey(privateKey).equals(rsaPublicKey(parameters))).toBe(true);
  });

  test.each<[WrappingKeySpec, WrappingAlgorithm]>([
    ['RSA_2048', 'SM2PKE'],
    ['SM2', 'RSAES_OAEP_SHA_256'],
    ['SM2', 'RSA_AES_KEY_WRAP_SHA_256'],
  ])('makes no %s for %s', async (wrappingKeySpec, wrappingAlgorithm) => {
    const command = { keyArn, wrappingKeySpec, wrappingAlgorithm, validTo };
    await expect(hsm.beginImport(command)).rejects.toThrow(RangeError);
  });

  test('is for a KMS key only', async () => {
    const command = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: oaep, validTo } as const;
    await expect(hsm.beginImport({ ...command, keyArn: 'arn:aws:s3:::bucket' })).rejects.toThrow(TypeError);
  });
});

describe('importMaterial', () => {
  const algorithms = [
    ...(['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const),
    ...(['RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const),
  ];

  test.each(algorithms)('takes what a customer has wrapped by %s', async (algorithm) => {
    const parameters = await begin(algorithm);
    const { token } = accepted(await finish(parameters, wrap(parameters, algorithm, material)));
    expect(token).toMatchObject({ keyArn, spec: 'SYMMETRIC_DEFAULT' });
    expect(openToken(token, domainKey)).toEqual(material);
  });

  test('gives a key that works', async () => {
    const parameters = await begin();
    const { token } = accepted(await finish(parameters, wrap(parameters, oaep, material)));
    const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
    const opened = accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
    expect(Buffer.from(opened.plaintext!).toString()).toBe('x');
  });

  test('the same bytes have the same material id in the same key, and only there', async () => {
    const ids: string[] = [];
    for (const [arn, bytes] of [
      [keyArn, material],
      [keyArn, material],
      [otherRegionKeyArn, material],
      [otherKeyArn, material],
      [keyArn, Buffer.alloc(32, 1)],
    ] as const) {
      const parameters = await begin(oaep, 'RSA_2048', arn);
      ids.push(
        accepted(await finish(parameters, wrap(parameters, oaep, bytes), { keyArn: arn })).token.materialId,
      );
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).toBe(ids[0]);
    expect(new Set(ids).size).toBe(3);
  });

  test('the same parameters may be used again while they are valid', async () => {
    const parameters = await begin();
    for (let time = 0; time < 2; time++) accepted(await finish(parameters, wrap(parameters, oaep, material)));
  });

  test.each([0, 1, 16, 31, 33, 64])('refuses %i bytes for a symmetric key', async (length) => {
    const parameters = await begin();
    const result = await finish(parameters, wrap(parameters, oaep, Buffer.alloc(length)));
    expect(refusal(result)).toBe('MATERIAL_UNFIT');
  });

  test('takes a private key of any size, and says which public key is its own', async () => {
    const algorithm = 'RSA_AES_KEY_WRAP_SHA_256';
    const parameters = await begin(algorithm);
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
    const wrapped = wrap(parameters, algorithm, der);
    const { publicKey } = accepted(await finish(parameters, wrapped, { spec: 'RSA_2048' }));
    expect(Buffer.from(publicKey!)).toEqual(pair.publicKey.export({ format: 'der', type: 'spki' }));
    expect(refusal(await finish(parameters, wrapped, { spec: 'RSA_3072' }))).toBe('MATERIAL_UNFIT');
    expect(refusal(await finish(parameters, wrapped, { spec: 'ECC_NIST_P256' }))).toBe('MATERIAL_UNFIT');
    expect(refusal(await finish(parameters, wrapped))).toBe('MATERIAL_UNFIT');
  });

  describe('the import token', () => {
    let parameters: ImportParameters;
    let wrapped: Buffer;

    beforeAll(async () => {
      parameters = await begin();
      wrapped = wrap(parameters, oaep, material);
    });

    const tried = (importToken: Uint8Array) => finish({ ...parameters, importToken }, wrapped);

    test('is valid up to its time, and not a millisecond longer', async () => {
      accepted(await finish(parameters, wrapped, { now: validTo }));
      expect(refusal(await finish(parameters, wrapped, { now: validTo + 1 }))).toBe('IMPORT_TOKEN_EXPIRED');
    });

    test('is for one KMS key', async () => {
      for (const arn of [otherKeyArn, otherRegionKeyArn, 'arn:aws:s3:::bucket']) {
        expect(refusal(await finish(parameters, wrapped, { keyArn: arn }))).toBe('IMPORT_TOKEN_REJECTED');
      }
      const late = { keyArn: otherKeyArn, now: validTo + 1 };
      expect(refusal(await finish(parameters, wrapped, late))).toBe('IMPORT_TOKEN_REJECTED');
    });

    test('is no use in another module', async () => {
      const stranger = await openTestHsm();
      const command = { keyArn, spec: 'SYMMETRIC_DEFAULT', now: startTime } as const;
      const { importToken } = parameters;
      const result = await stranger.importMaterial({ ...command, importToken, encryptedMaterial: wrapped });
      expect(refusal(result)).toBe('IMPORT_TOKEN_REJECTED');
    });

    test('is refused with any bit flipped', async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (position) => {
          const altered = parameters.importToken.slice();
          const bit = position % (altered.length * 8);
          altered[bit >> 3]! ^= 1 << (bit & 7);
          expect(refusal(await tried(altered))).toBe('IMPORT_TOKEN_REJECTED');
        }),
        // Each byte of the header, IV and tag stands for a rule of its own.
        { numRuns: 500, examples: Array.from({ length: 24 }, (_, bit) => [bit]) },
      );
    });

    test('is refused cut short at any byte, or with one too many', async () => {
      const { importToken } = parameters;
      for (let length = 0; length < importToken.length; length += 7) {
        expect(refusal(await tried(importToken.slice(0, length)))).toBe('IMPORT_TOKEN_REJECTED');
      }
      expect(refusal(await tried(Buffer.concat([importToken, Buffer.alloc(1)])))).toBe(
        'IMPORT_TOKEN_REJECTED',
      );
    });

    test('that is anything else is refused', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
          expect(refusal(await tried(bytes))).toBe('IMPORT_TOKEN_REJECTED');
        }),
      );
      const json = Buffer.from(JSON.stringify(['GlassKMS import token', 1, 2]));
      const header = Buffer.from([1, 0, json.length]);
      const forged = Buffer.concat([header, json, Buffer.alloc(64)]);
      expect(refusal(await tried(forged))).toBe('IMPORT_TOKEN_REJECTED');
    });

    test('goes with its own public key', async () => {
      const result = await finish(await beginAnew(), wrapped);
      expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
    });
  });

  describe.each(algorithms)('the encrypted material of %s', (algorithm) => {
    let parameters: ImportParameters;

    beforeAll(async () => {
      parameters = await begin(algorithm);
    });

    test('is refused with any bit flipped', async () => {
      const wrapped = wrap(parameters, algorithm, material);
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (position) => {
          const altered = new Uint8Array(wrapped);
          const bit = position % (altered.length * 8);
          altered[bit >> 3]! ^= 1 << (bit & 7);
          expect(refusal(await finish(parameters, altered))).toBe('CIPHERTEXT_REJECTED');
        }),
      );
    });

    test('is refused when it is too short or too long', async () => {
      const wrapped = wrap(parameters, algorithm, material);
      const lengths = [0, 1, 16, 255, 256, 257, 264, 272, wrapped.length - 8, wrapped.length - 1];
      for (const length of lengths.filter((one) => one < wrapped.length)) {
        const cut = wrapped.subarray(0, length);
        expect(refusal(await finish(parameters, cut))).toBe('CIPHERTEXT_REJECTED');
      }
      for (const more of [1, 8]) {
        const long = Buffer.concat([wrapped, Buffer.alloc(more)]);
        expect(refusal(await finish(parameters, long))).toBe('CIPHERTEXT_REJECTED');
      }
    });

    test('is refused when it was wrapped by another algorithm', async () => {
      for (const other of algorithms.filter((name) => name !== algorithm)) {
        const wrapped = wrap(parameters, other, material);
        expect(refusal(await finish(parameters, wrapped))).toBe('CIPHERTEXT_REJECTED');
      }
    });
  });

  test.each([16, 24])('refuses an AES key of %i bytes between RSA and material', async (length) => {
    const algorithm = 'RSA_AES_KEY_WRAP_SHA_256';
    const parameters = await begin(algorithm);
    const wrapped = wrap(parameters, algorithm, material, randomBytes(length));
    expect(refusal(await finish(parameters, wrapped))).toBe('CIPHERTEXT_REJECTED');
  });
});

/** By OpenSSL, whose SM2 is not the module's. */
describe.skipIf(!hasOpenssl)('SM2PKE', () => {
  const chinaKeyArn = keyArn.replace('arn:aws:', 'arn:aws-cn:').replace('us-east-1', 'cn-north-1');
  const directory = mkdtempSync(join(tmpdir(), 'glass-kms-sm2-'));
  let parameters: ImportParameters;

  beforeAll(async () => {
    parameters = await begin('SM2PKE', 'SM2', chinaKeyArn);
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  function wrapBySm2(bytes: Uint8Array): Buffer {
    const publicKey = join(directory, 'public.der');
    writeFileSync(publicKey, parameters.publicKey);
    const command = ['pkeyutl', '-encrypt', '-pubin', '-keyform', 'DER', '-inkey', publicKey];
    const { stdout, stderr, status } = spawnSync('openssl', command, { input: bytes });
    if (status !== 0) throw new Error(stderr.toString());
    return stdout;
  }

  test('opens what a customer has wrapped', async () => {
    const { token } = accepted(await finish(parameters, wrapBySm2(material), { keyArn: chinaKeyArn }));
    const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
    accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
    expect(token).toMatchObject({ keyArn: chinaKeyArn, spec: 'SYMMETRIC_DEFAULT' });
  });

  test('opens nothing altered', async () => {
    const wrapped = wrapBySm2(material);
    for (let position = 0; position < wrapped.length; position += 3) {
      const altered = new Uint8Array(wrapped);
      altered[position]! ^= 1;
      const result = await finish(parameters, altered, { keyArn: chinaKeyArn });
      expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
    }
  });

  test('takes no token that is altered, or for another key', async () => {
    const importToken = parameters.importToken.slice();
    importToken[importToken.length - 20]! ^= 1;
    const wrapped = wrapBySm2(material);
    const altered = await finish({ ...parameters, importToken }, wrapped, { keyArn: chinaKeyArn });
    expect(refusal(altered)).toBe('IMPORT_TOKEN_REJECTED');
    expect(refusal(await finish(parameters, wrapped))).toBe('IMPORT_TOKEN_REJECTED');
  });
});

describe('what the glass sees', () => {
  test('of an import', async () => {
    const command = {
      keyArn,
      wrappingKeySpec: 'RSA_2048',
      wrappingAlgorithm: oaep,
      validTo,
      watched: true,
    } as const;
    const begun = accepted(await hsm.beginImport(command));
    expect(begun.steps.map(({ title }) => title)).toEqual([
      'The module makes a wrapping key pair for one import.',
      'The domain key seals the private half into the import token.',
    ]);
    const imported = accepted(await finish(begun, wrap(begun, oaep, material), { watched: true }));
    expect(imported.steps.map(({ title }) => title)).toEqual([
      'The domain key opens the import token.',
      'The wrapping private key opens the encrypted key material.',
      'The key material becomes a backing key.',
      'The domain key seals the backing key into a token.',
    ]);
    for (const { station, outcome } of [...begun.steps, ...imported.steps]) {
      expect({ station, outcome }).toEqual({ station: 'hsm', outcome: 'ok' });
    }
  });

  test('of a wall', async () => {
    const parameters = await begin();
    const wrapped = wrap(parameters, oaep, material);
    const last = async (
      change: ImportParameters & { wrapped?: Uint8Array; now?: number; keyArn?: string },
    ) => {
      const { wrapped: bytes = wrapped, importToken, publicKey, ...rest } = change;
      const { steps } = await finish({ importToken, publicKey }, bytes, { watched: true, ...rest });
      expect(steps.at(-1)!.outcome).toBe('refused');
      return steps.at(-1)!.title;
    };
    expect(await last({ ...parameters, importToken: new Uint8Array(9) })).toBe(
      'The import token does not open.',
    );
    expect(await last({ ...parameters, keyArn: otherKeyArn })).toBe(
      'The import token was not made for this KMS key.',
    );
    expect(await last({ ...parameters, now: validTo + 1 })).toBe('The import token is not valid any more.');
    expect(await last({ ...parameters, wrapped: new Uint8Array(256) })).toBe(
      'The encrypted key material does not open.',
    );
    expect(await last({ ...parameters, wrapped: wrap(parameters, oaep, Buffer.alloc(7)) })).toBe(
      'What was wrapped is no key of this spec.',
    );
  });
});

describe('AES key wrap with padding', () => {
  const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

  /** RFC 5649 §6. */
  test.each([
    [
      'c37b7e6492584340bed12207808941155068f738',
      '138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a',
    ],
    ['466f7250617369', 'afbeb0f07dfbf5419200f2ccb50bb24f'],
  ])('opens the standard’s example: %s', (plain, wrapped) => {
    const key = hex('5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8');
    expect(Buffer.from(openKeyWrap(key, hex(wrapped))!)).toEqual(hex(plain));
  });

  test('opens what OpenSSL has wrapped, of any length, and nothing altered', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16, 24, 32),
        fc.uint8Array({ minLength: 1, maxLength: 3000 }),
        fc.nat(),
        (keyLength, plain, position) => {
          const key = randomBytes(keyLength);
          const wrapped = keyWrap(key, plain);
          expect(Buffer.from(openKeyWrap(key, wrapped)!)).toEqual(Buffer.from(plain));
          const altered = new Uint8Array(wrapped);
          altered[position % altered.length]! ^= 1 << (position & 7);
          expect(openKeyWrap(key, altered)).toBeUndefined();
        },
      ),
    );
  });

  /** Key Wrap without padding (RFC 3394 §4.6) has the same steps, and another first value: it must not pass. */
  test('refuses what was wrapped without padding', () => {
    const key = hex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f');
    const wrapped = hex('28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21');
    const decipher = createDecipheriv('id-aes256-wrap', key, Buffer.alloc(8, 0xa6));
    expect(decipher.update(wrapped).toString('hex')).toBe(
      '00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f',
    );
    expect(openKeyWrap(key, wrapped)).toBeUndefined();
  });
});
