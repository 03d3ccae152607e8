import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandomness } from '../../src/engine/clock/seeded-randomness.ts';
import type { BackingKeySpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { bytesHsmStore } from '../../src/engine/hsm/store/bytes.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import {
  accepted,
  asNew,
  ciphers,
  keyArn,
  newToken,
  openTestHsm,
  otherRegionKeyArn,
  refusal,
  startTime,
} from './support.ts';

describe('seeded randomness', () => {
  /** SP 800-108 Rev. 1, §4.1, by Node's own HMAC. */
  function expected(seed: string, label: string, draw: number, length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let counter = 1; counter <= Math.ceil(length / 32); counter++) {
      const input = Buffer.alloc(4 + 1 + 8 + 4 + Buffer.byteLength(label));
      let offset = input.writeUInt32BE(counter, 0);
      offset += input.write(label, offset) + 1;
      offset = input.writeBigUInt64BE(BigInt(draw), offset);
      input.writeUInt32BE(length * 8, offset);
      blocks.push(createHmac('sha256', seed).update(input).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  }

  test('is the key derivation that it says it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }),
        (seed, lengths) => {
          const randomness = seededRandomness(seed, 'start 1');
          for (const [draw, length] of lengths.entries()) {
            expect(Buffer.from(randomness.bytes(length))).toEqual(expected(seed, 'start 1', draw, length));
          }
        },
      ),
    );
  });

  /**
   * `openssl kdf -keylen 40 -kdfopt mac:HMAC -kdfopt digest:SHA256 -kdfopt key:seed -kdfopt salt:label
   * -kdfopt hexinfo:0000000000000000 KBKDF`, by OpenSSL 3.0
   */
  test('gives what OpenSSL gives', () => {
    const drawn = seededRandomness('seed', 'label').bytes(40);
    expect(Buffer.from(drawn).toString('hex')).toBe(
      'f66f6664ee743c3483ada40ae68afb2433d69d185cc6782457ed7d3453512123' + '7515c27878b08ba9',
    );
  });

  test('other seeds, labels, draws and lengths give other bytes', () => {
    const first = seededRandomness('seed', 'label');
    const drawn = [
      first.bytes(32),
      first.bytes(32),
      seededRandomness('seed', 'other').bytes(32),
      seededRandomness('other', 'label').bytes(32),
      seededRandomness('seed', 'label').bytes(33).subarray(0, 32),
    ];
    expect(new Set(drawn.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(drawn.length);
  });

  test('draws up to 65,536 bytes, as the platform does', () => {
    expect(seededRandomness('seed', 'label').bytes(65_536).length).toBe(65_536);
  });
});

/** Everything that a module makes, in an order of its own: ids, tokens, ciphertexts, random bytes. */
async function makings(hsm: Hsm): Promise<unknown[]> {
  const token = await newToken(hsm);
  const plaintext = Buffer.from('x');
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const dataKey = { token, context: {}, length: 32, withPlaintext: true };
  const replica = accepted(await hsm.replicate({ token, replicaArn: otherRegionKeyArn })).token;
  return [
    token,
    ciphertext,
    accepted(await hsm.generateDataKey(dataKey)),
    accepted(await hsm.generateRandom({ length: 1000 })),
    replica,
    { ...asNew(await hsm.view()), durability: undefined },
  ];
}

const stores = [
  { name: 'memory', open: memoryHsmStore },
  {
    name: 'bytes',
    open(): HsmStore {
      let content: Uint8Array | undefined;
      return bytesHsmStore({
        read: () => Promise.resolve(content),
        write: (bytes) => Promise.resolve(void (content = bytes)),
      });
    },
  },
];

describe('a module with a seed', () => {
  test('says so', async () => {
    expect((await (await openTestHsm(memoryHsmStore(), 'seed')).view()).seed).toBe('seed');
  });

  test('makes, byte for byte, what another one with this seed makes, on whatever store', async () => {
    const [one, other] = await Promise.all(
      stores.map(async ({ open }) => makings(await openTestHsm(open(), 'seed'))),
    );
    expect(one).toEqual(other);
  });

  test.each<BackingKeySpec>([
    ...(['RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'] as const),
    ...(['ECC_NIST_EDWARDS25519', 'HMAC_224', 'HMAC_512', 'ML_DSA_44', 'ML_KEM_512', 'SM2'] as const),
  ])('makes the same %s as another one with this seed, and never twice', async (spec) => {
    const [one, other] = await Promise.all(
      stores.map(async ({ open }) => {
        const hsm = await openTestHsm(open(), 'seed');
        const made: { token: ExportedKeyToken; publicKey?: Uint8Array }[] = [];
        for (let time = 0; time < 2; time++) {
          const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
          made.push({ token, ...(publicKey && { publicKey }) });
        }
        return made;
      }),
    );
    expect(one).toEqual(other);
    expect(one![0]!.token.iv).not.toEqual(one![1]!.token.iv);
    // An RSA key is one of a few: the same may come again.
    if (spec !== 'RSA_2048') expect(one![0]!.token.materialId).not.toBe(one![1]!.token.materialId);
  });

  test('makes the same import parameters and data key pairs as another one with this seed', async () => {
    const [one, other] = await Promise.all(
      stores.map(async ({ open }) => {
        const hsm = await openTestHsm(open(), 'seed');
        const token = await newToken(hsm);
        const pair = { token, context: {}, pairSpec: 'ECC_NIST_P256', withPlaintext: true } as const;
        const wrapping = { wrappingKeySpec: 'RSA_2048', wrappingAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
        return [
          accepted(await hsm.generateDataKeyPair(pair)),
          accepted(await hsm.beginImport({ ...wrapping, keyArn, validTo: startTime })),
        ];
      }),
    );
    expect(one).toEqual(other);
  });

  test('makes nothing that one with another seed, or with none, makes', async () => {
    const modules = ['seed', 'another seed', undefined, undefined];
    const made = await Promise.all(
      modules.map(async (seed) => makings(await openTestHsm(memoryHsmStore(), seed))),
    );
    for (const index of made[0]!.keys()) {
      expect(new Set(made.map((things) => JSON.stringify(things[index]))).size).toBe(modules.length);
    }
  });

  test('has the same domain keys in whatever order Regions are needed', async () => {
    const arns = [undefined, otherRegionKeyArn] as const;
    const [one, other] = await Promise.all([
      openTestHsm(memoryHsmStore(), 'seed'),
      openTestHsm(memoryHsmStore(), 'seed'),
    ]);
    const tokens = await Promise.all(arns.map((arn) => newToken(one, 'SYMMETRIC_DEFAULT', arn)));
    for (const arn of arns.toReversed()) await newToken(other, 'SYMMETRIC_DEFAULT', arn);
    for (const token of tokens) {
      accepted(await other.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
    }
  });

  test.each(stores)('never repeats itself when it starts again ($name)', async ({ open }) => {
    const store = open();
    const seen = new Set<string>();
    let moduleId: string | undefined;
    for (let start = 0; start < 3; start++) {
      const hsm = await openTestHsm(store, 'seed');
      const token = await newToken(hsm);
      const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
      const { bytes } = accepted(await hsm.generateRandom({ length: 16 }));
      for (const drawn of [token.iv, token.sealed, token.materialId, ciphertext, bytes!]) {
        seen.add(Buffer.from(drawn).toString('hex'));
      }
      moduleId ??= (await hsm.view()).moduleId;
      expect((await hsm.view()).moduleId).toBe(moduleId);
    }
    expect(seen.size).toBe(15);
  });

  test('keeps to the seed that it was founded with, or to none', async () => {
    const store = memoryHsmStore();
    await openTestHsm(store, 'seed');
    expect((await (await openTestHsm(store, 'another')).view()).seed).toBe('seed');
    expect((await (await openTestHsm(store)).view()).seed).toBe('seed');
    const unseeded = memoryHsmStore();
    const token = await newToken(await openTestHsm(unseeded));
    const again = await openTestHsm(unseeded, 'seed');
    expect(await again.view()).not.toHaveProperty('seed');
    accepted(await again.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
  });
});

describe('zeroise', () => {
  test('with a seed begins what a new module with this seed begins', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    await hsm.zeroise({ seed: 'seed' });
    expect(refusal(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }))).toBe(
      'TOKEN_REJECTED',
    );
    expect(await makings(hsm)).toEqual(await makings(await openTestHsm(memoryHsmStore(), 'seed')));
  });

  test('without one ends the seed', async () => {
    const store = memoryHsmStore();
    const hsm = await openTestHsm(store, 'seed');
    const token = await newToken(hsm);
    await hsm.zeroise();
    expect(await hsm.view()).not.toHaveProperty('seed');
    expect(refusal(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }))).toBe(
      'TOKEN_REJECTED',
    );
    const [one, other] = [await makings(hsm), await makings(await openTestHsm(memoryHsmStore(), 'seed'))];
    expect(one[0]).not.toEqual(other[0]);
    expect(await (await openTestHsm(store, 'seed')).view()).not.toHaveProperty('seed');
  });

  test('with a seed lets a restarted module go on, not begin again', async () => {
    const store = memoryHsmStore();
    await (await openTestHsm(store)).zeroise({ seed: 'seed' });
    const next = accepted(await (await openTestHsm(store)).generateRandom({ length: 32 }));
    const first = accepted(
      await (await openTestHsm(memoryHsmStore(), 'seed')).generateRandom({ length: 32 }),
    );
    expect(next.bytes).not.toEqual(first.bytes);
  });
});
