import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { seededRandomness } from '../../src/engine/clock/seeded-randomness.ts';
import type { BackingKeySpec, Hsm } from '../../src/engine/hsm/hsm.ts';
import { generateMaterial } from '../../src/engine/hsm/material/generate-material.ts';
import { materialFrom } from '../../src/engine/hsm/material/material-from.ts';
import { materialIdOf } from '../../src/engine/hsm/material/material-id.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import mlDsa from '../vectors/ml-dsa-openssl.json' with { type: 'json' };
import mlKem from '../vectors/ml-kem-openssl.json' with { type: 'json' };
import { domainKey, fromHex, nodeKey } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, openToken } from './support.ts';

const secrets = { SYMMETRIC_DEFAULT: 32, HMAC_224: 28, HMAC_256: 32, HMAC_384: 48, HMAC_512: 64 } as const;

/** What Node reads, and what it says of it. */
const nodeKinds = {
  RSA_2048: { type: 'rsa', modulusLength: 2048 },
  RSA_3072: { type: 'rsa', modulusLength: 3072 },
  RSA_4096: { type: 'rsa', modulusLength: 4096 },
  ECC_NIST_P256: { type: 'ec', namedCurve: 'prime256v1' },
  ECC_NIST_P384: { type: 'ec', namedCurve: 'secp384r1' },
  ECC_NIST_P521: { type: 'ec', namedCurve: 'secp521r1' },
  ECC_SECG_P256K1: { type: 'ec', namedCurve: 'secp256k1' },
  ECC_NIST_EDWARDS25519: { type: 'ed25519' },
} as const;

/** Bytes of public key (SubjectPublicKeyInfo) and sealed seed; FIPS 203, table 3, and FIPS 204, table 2. */
const seeds = {
  ML_DSA_44: { publicKey: 1312, seed: 32 },
  ML_DSA_65: { publicKey: 1952, seed: 32 },
  ML_DSA_87: { publicKey: 2592, seed: 32 },
  ML_KEM_512: { publicKey: 800, seed: 64 },
  ML_KEM_768: { publicKey: 1184, seed: 64 },
  ML_KEM_1024: { publicKey: 1568, seed: 64 },
} as const;

const namesOf = <Names extends string>(table: Record<Names, unknown>) => Object.keys(table) as Names[];
const asymmetric = [...namesOf(nodeKinds), 'SM2' as const, ...namesOf(seeds)];
const all: BackingKeySpec[] = [...namesOf(secrets), ...asymmetric];

const unseeded = { randomness: systemRandomness, seeded: false };
const seeded = (label: string) => ({ randomness: seededRandomness('a seed', label), seeded: true });

async function bytesOf(key: CryptoKey): Promise<Buffer> {
  return Buffer.from(await crypto.subtle.exportKey(key.type === 'secret' ? 'raw' : 'pkcs8', key));
}

describe('backing keys', () => {
  let hsm: Hsm;
  beforeAll(async () => {
    hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  });

  async function sealed(spec: BackingKeySpec) {
    const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    expect(token.spec).toBe(spec);
    expect(token.materialId).toMatch(/^[0-9a-f]{64}$/);
    return { material: openToken(token, domainKey), publicKey };
  }

  test.each(namesOf(secrets))('%s is as many bytes as it says, and no public key', async (spec) => {
    const { material, publicKey } = await sealed(spec);
    expect(material.length).toBe(secrets[spec]);
    expect(publicKey).toBeUndefined();
    expect((await sealed(spec)).material).not.toEqual(material);
  });

  test.each(namesOf(nodeKinds))('%s is what Node takes it for', async (spec) => {
    const { material, publicKey } = await sealed(spec);
    const { type, ...details } = nodeKinds[spec];
    const key = nodeKey(publicKey!);
    expect(key.asymmetricKeyType).toBe(type);
    expect(key.asymmetricKeyDetails).toMatchObject(details);
    if (spec === 'ECC_SECG_P256K1') {
      expect(material.length).toBe(32);
      return;
    }
    const privateKey = createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
    expect(privateKey.asymmetricKeyDetails).toEqual(key.asymmetricKeyDetails);
  });

  test('SM2 is sealed as its number, and a key pair to Node', async () => {
    const { material, publicKey } = await sealed('SM2');
    expect(material.length).toBe(32);
    // Node reads keys of this curve, but has no name for their kind.
    expect(nodeKey(publicKey!).export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(publicKey!));
  });

  test.each(namesOf(seeds))('%s is sealed as its seed', async (spec) => {
    const { material, publicKey } = await sealed(spec);
    expect(material.length).toBe(seeds[spec].seed);
    // 22 bytes of SubjectPublicKeyInfo come before the key itself.
    expect(publicKey!.length).toBe(22 + seeds[spec].publicKey);
  });
});

describe('with a seed', () => {
  test.each(all)('%s repeats, and differs under another label', async (spec) => {
    const [first, again, other] = await Promise.all(
      ['start 1', 'start 1', 'start 2'].map((label) => generateMaterial(spec, seeded(label))),
    );
    expect(await bytesOf(first!.key)).toEqual(await bytesOf(again!.key));
    expect(first!.publicKey).toEqual(again!.publicKey);
    // Of RSA keys there are but four, of which two labels may mean the same.
    if (!spec.startsWith('RSA')) expect(await bytesOf(first!.key)).not.toEqual(await bytesOf(other!.key));
  });

  test.each(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const)(
    '%s: every key of the pool is one',
    async (spec) => {
      const keys = new Set<string>();
      for (let first = 0; first < 4; first++) {
        const randomness = { bytes: () => Uint8Array.of(first) };
        const { key, publicKey } = await generateMaterial(spec, { randomness, seeded: true });
        expect(nodeKey(publicKey!).asymmetricKeyDetails).toEqual({
          modulusLength: Number(spec.slice(4)),
          publicExponent: 65537n,
        });
        // What can be imported has been found to be a pair.
        expect(await materialFrom(spec, await bytesOf(key))).toMatchObject({ publicKey });
        keys.add(Buffer.from(publicKey!).toString('hex'));
      }
      expect(keys.size).toBe(4);
    },
  );
});

test('post-quantum public keys are those that OpenSSL makes of the same seeds', async () => {
  for (const { spec, seed, publicKeyDer } of [...mlDsa.keys, ...mlKem.keys]) {
    const randomness = { bytes: () => fromHex(seed) };
    const { key, publicKey } = await generateMaterial(spec as BackingKeySpec, { randomness, seeded: true });
    expect(Buffer.from(publicKey!).toString('hex')).toBe(publicKeyDer);
    expect((await bytesOf(key)).toString('hex')).toBe(seed);
  }
});

describe('imported material', () => {
  const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';

  /** Private keys of other programs' making, where Node makes such keys. */
  const nodeMade: Partial<Record<BackingKeySpec, () => { privateKey: KeyObject; publicKey: KeyObject }>> = {
    RSA_2048: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    RSA_3072: () => generateKeyPairSync('rsa', { modulusLength: 3072 }),
    ECC_NIST_P256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    ECC_NIST_P384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    ECC_NIST_P521: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    ECC_SECG_P256K1: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
    ECC_NIST_EDWARDS25519: () => generateKeyPairSync('ed25519'),
    SM2: () => generateKeyPairSync('ec', { namedCurve: 'SM2' }),
  };
  const made = Object.entries(nodeMade).map(([spec, make]) => {
    const { privateKey, publicKey } = make();
    return {
      spec: spec as BackingKeySpec,
      pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }),
      spki: publicKey.export({ format: 'der', type: 'spki' }),
    };
  });

  test.each(made)("$spec of Node's becomes a key with its public key", async ({ spec, pkcs8, spki }) => {
    const material = await materialFrom(spec, pkcs8);
    expect(Buffer.from(material!.publicKey!)).toEqual(spki);
    const bytes = await bytesOf(material!.key);
    expect(bytes.length === 32 ? pkcs8.includes(bytes) : bytes.equals(pkcs8)).toBe(true);
  });

  test.each(made)('$spec is no other spec', async ({ spec, pkcs8 }) => {
    for (const other of asymmetric.filter((one) => one !== spec)) {
      expect(await materialFrom(other, pkcs8), other).toBeUndefined();
    }
  });

  test.each(made)('$spec cut short, drawn out or made of noise is nothing', async ({ spec, pkcs8 }) => {
    for (const odd of [new Uint8Array(), pkcs8.subarray(0, -1), Buffer.concat([pkcs8, Buffer.of(0)])]) {
      expect(await materialFrom(spec, odd)).toBeUndefined();
    }
    expect(await materialFrom(spec, new Uint8Array(pkcs8.length).fill(0x30))).toBeUndefined();
  });

  test.each(made.filter(({ spec }) => !spec.startsWith('RSA') && spec !== 'ECC_NIST_EDWARDS25519'))(
    '$spec with a public key that is not its own, or a scalar out of range, is nothing',
    async ({ spec, pkcs8, spki }) => {
      const point = spki.subarray(-32);
      const mixed = Buffer.from(pkcs8);
      mixed[pkcs8.indexOf(point)]! ^= 1;
      expect(await materialFrom(spec, mixed)).toBeUndefined();
      const scalar = pkcs8.indexOf(Buffer.from('020101', 'hex')) + 5;
      for (const byte of [0x00, 0xff]) {
        const out = Buffer.from(pkcs8).fill(byte, scalar, scalar + 32);
        if (spec !== 'ECC_NIST_P384' && spec !== 'ECC_NIST_P521') {
          expect(await materialFrom(spec, out)).toBeUndefined();
        }
      }
    },
  );

  test('RSA numbers that do not belong together are nothing', async () => {
    const { pkcs8 } = made.find(({ spec }) => spec === 'RSA_2048')!;
    const broken = Buffer.from(pkcs8);
    // Somewhere in the private exponent or the primes.
    broken[Math.floor(pkcs8.length / 2)]! ^= 0x10;
    broken[pkcs8.length - 20]! ^= 0x10;
    expect(await materialFrom('RSA_2048', broken)).toBeUndefined();
  });

  test.each(namesOf(secrets))('%s takes the lengths that AWS says', async (spec) => {
    const longest = spec === 'SYMMETRIC_DEFAULT' ? 32 : 128;
    for (const length of [secrets[spec], longest]) {
      const bytes = new Uint8Array(length).fill(9);
      const material = await materialFrom(spec, bytes);
      expect(await bytesOf(material!.key)).toEqual(Buffer.from(bytes));
      expect(material!.publicKey).toBeUndefined();
    }
    for (const length of [0, secrets[spec] - 1, longest + 1]) {
      expect(await materialFrom(spec, new Uint8Array(length))).toBeUndefined();
    }
  });

  test.each(namesOf(seeds))('%s is not imported', async (spec) => {
    expect(await materialFrom(spec, new Uint8Array(seeds[spec].seed))).toBeUndefined();
  });

  test('the same material has the same id, for the same key id', async () => {
    for (const { spec, pkcs8 } of made) {
      const [first, second] = [(await materialFrom(spec, pkcs8))!, (await materialFrom(spec, pkcs8))!];
      const id = await materialIdOf(keyId, spec, first.key, first.publicKey);
      expect(await materialIdOf(keyId, spec, second.key, second.publicKey)).toBe(id);
      expect(await materialIdOf('mrk-1', spec, first.key, first.publicKey)).not.toBe(id);
    }
    const bytes = new Uint8Array(32).fill(1);
    const ids = await Promise.all(
      (['SYMMETRIC_DEFAULT', 'HMAC_256'] as const).map(async (spec) => {
        const { key } = (await materialFrom(spec, bytes))!;
        return materialIdOf(keyId, spec, key, undefined);
      }),
    );
    expect(ids[0]).toBe(ids[1]);
  });
});

test('a module without a seed leaves keys that Web Crypto knows to the platform', async () => {
  const drawn: number[] = [];
  const randomness = {
    bytes(length: number) {
      drawn.push(length);
      return systemRandomness.bytes(length);
    },
  };
  for (const spec of ['SYMMETRIC_DEFAULT', 'HMAC_512', 'ECC_NIST_P384', 'ECC_NIST_EDWARDS25519'] as const) {
    await generateMaterial(spec, { ...unseeded, randomness });
  }
  expect(drawn).toEqual([]);
});
