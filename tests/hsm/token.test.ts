import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import {
  accepted,
  ciphers,
  keyArn,
  newRsaKey,
  newToken,
  openTestHsm,
  otherKeyArn,
  otherRegionKeyArn,
  refusal,
  startTime,
  untilSameModule,
} from './support.ts';

describe('a token', () => {
  test('says what it is about', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    expect(token).toMatchObject({
      keyArn,
      spec: 'SYMMETRIC_DEFAULT',
      domainKeyId: (await hsm.view()).domains[0]!.domainKeyId,
    });
    expect(token.materialId).toMatch(/^[0-9a-f]{64}$/);
    expect(token.iv.length).toBe(12);
    expect(token.sealed.length).toBe(32 + 16);
  });

  test('is made for a KMS key only', async () => {
    const hsm = await openTestHsm();
    const command = { keyArn: 'arn:aws:s3:::bucket', spec: 'SYMMETRIC_DEFAULT' } as const;
    await expect(hsm.generateBackingKey(command)).rejects.toThrow(TypeError);
  });
});

describe.each(['a module that has used the token', 'a module that starts'])('%s', (which) => {
  const store = memoryHsmStore();
  let hsm: Hsm;
  let token: ExportedKeyToken;
  let ciphertext: Uint8Array;

  beforeAll(async () => {
    hsm = await openTestHsm(store);
    token = await newToken(hsm);
    const plaintext = Buffer.from('secret');
    ciphertext = accepted(await hsm.encrypt({ ...ciphers, token, plaintext })).ciphertext;
  });

  beforeEach(async () => {
    if (which === 'a module that starts') hsm = await openTestHsm(store);
  });

  test('opens the token', async () => {
    accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
  });

  test.each<[string, Partial<ExportedKeyToken>]>([
    ['key ARN', { keyArn: otherKeyArn }],
    ['what is no ARN', { keyArn: 'key' }],
    ['spec', { spec: 'RSA_2048' }],
    ['domain key', { domainKeyId: '00000000-0000-4000-8000-000000000000' }],
    ['IV', { iv: new Uint8Array(12) }],
    ['IV of another length', { iv: new Uint8Array(0) }],
    ['sealed key', { sealed: new Uint8Array(48) }],
    ['no sealed key', { sealed: new Uint8Array(0) }],
  ])('refuses a token with another %s', async (_name, change) => {
    const altered = { ...token, ...change };
    const decrypted = await hsm.decrypt({ ...ciphers, token: altered, ciphertext });
    expect(refusal(decrypted)).toBe('TOKEN_REJECTED');
    const encrypted = await hsm.encrypt({ ...ciphers, token: altered, plaintext: Buffer.from('x') });
    expect(refusal(encrypted)).toBe('TOKEN_REJECTED');
    const command = { token: altered, context: {}, length: 32, withPlaintext: true };
    expect(refusal(await hsm.generateDataKey(command))).toBe('TOKEN_REJECTED');
  });

  test('refuses a token with another material id', async () => {
    const altered = { ...token, materialId: 'ab'.repeat(32) };
    const encrypted = await hsm.encrypt({ ...ciphers, token: altered, plaintext: Buffer.from('x') });
    expect(refusal(encrypted)).toBe('TOKEN_REJECTED');
  });

  test('refuses a token with any bit of seal or IV flipped', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('iv', 'sealed'), fc.nat(), async (field, position) => {
        const bytes = token[field].slice();
        const bit = position % (bytes.length * 8);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        const result = await hsm.decrypt({ ...ciphers, token: { ...token, [field]: bytes }, ciphertext });
        expect(refusal(result)).toBe('TOKEN_REJECTED');
      }),
    );
  });

  test('is not fooled when the owner of a token changes its bytes in place', async () => {
    const mutable = { ...token, sealed: token.sealed.slice() };
    accepted(await hsm.decrypt({ ...ciphers, token: mutable, ciphertext }));
    mutable.sealed[0]! ^= 1;
    expect(refusal(await hsm.decrypt({ ...ciphers, token: mutable, ciphertext }))).toBe('TOKEN_REJECTED');
  });
});

test('a token opens for keys of its own kind only', async () => {
  const hsm = await openTestHsm();
  const symmetric = await newToken(hsm);
  const { token: rsa, publicKey } = await newRsaKey(hsm);
  const plaintext = Buffer.from('x');
  const asSymmetric = await hsm.encrypt({ ...ciphers, token: rsa, plaintext });
  expect(refusal(asSymmetric)).toBe('TOKEN_REJECTED');
  const algorithm = 'RSAES_OAEP_SHA_256';
  const asRsa = await hsm.encrypt({ token: symmetric, algorithm, context: {}, publicKey, plaintext });
  expect(refusal(asRsa)).toBe('TOKEN_REJECTED');
  const signing = { token: symmetric, algorithm: 'RSASSA_PSS_SHA_256', message: new Uint8Array(32) } as const;
  expect(refusal(await hsm.sign({ ...signing, messageType: 'RAW' }))).toBe('TOKEN_REJECTED');
  expect(refusal(await hsm.sign({ ...signing, messageType: 'DIGEST' }))).toBe('TOKEN_REJECTED');
});

test('another module, with another domain key, does not open a token', async () => {
  const token = await newToken(await openTestHsm());
  const stranger = await openTestHsm();
  const result = await stranger.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') });
  expect(refusal(result)).toBe('TOKEN_REJECTED');
});

test('a module with more keys than it remembers serves each of them', async () => {
  const hsm = await openTestHsm();
  const made: { token: ExportedKeyToken; ciphertext: Uint8Array }[] = [];
  for (let count = 0; count < 800; count++) {
    const token = await newToken(hsm);
    const plaintext = Buffer.from(String(count));
    made.push({
      token,
      ciphertext: accepted(await hsm.encrypt({ ...ciphers, token, plaintext })).ciphertext,
    });
  }
  for (const [count, { token, ciphertext }] of made.entries()) {
    const { plaintext } = accepted(await hsm.decrypt({ ...ciphers, token, ciphertext }));
    expect(Buffer.from(plaintext!).toString()).toBe(String(count));
  }
  const titles = async (index: number) => {
    const command = { ...ciphers, ...made[index]!, watched: true };
    return (await hsm.decrypt(command)).steps.map(({ title }) => title);
  };
  expect(await untilSameModule(() => titles(799))).toContain('The backing key is in module memory already.');
  expect(await titles(0)).toContain('The domain key opens the exported key token.');
});

describe('zeroise', () => {
  test('makes every token unreadable, used before or not, and the module works on', async () => {
    const hsm = await openTestHsm();
    const before = await hsm.view();
    const used = await newToken(hsm);
    const unused = await newToken(hsm);
    const plaintext = Buffer.from('x');
    const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token: used, plaintext }));
    const rsa = await newRsaKey(hsm);
    await hsm.zeroise();

    expect(refusal(await hsm.decrypt({ ...ciphers, token: used, ciphertext }))).toBe('TOKEN_REJECTED');
    expect(refusal(await hsm.encrypt({ ...ciphers, token: unused, plaintext }))).toBe('TOKEN_REJECTED');
    const algorithm = 'RSAES_OAEP_SHA_256';
    const encrypted = await hsm.encrypt({ ...rsa, algorithm, context: {}, plaintext });
    expect(refusal(encrypted)).toBe('TOKEN_REJECTED');

    expect((await hsm.view()).moduleId).not.toBe(before.moduleId);
    accepted(await hsm.encrypt({ ...ciphers, token: await newToken(hsm), plaintext }));
  });

  test('outlasts a restart', async () => {
    const store = memoryHsmStore();
    const hsm = await openTestHsm(store);
    const token = await newToken(hsm);
    await hsm.zeroise();
    const again = await openTestHsm(store);
    expect((await again.view()).moduleId).toBe((await hsm.view()).moduleId);
    const result = await again.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') });
    expect(refusal(result)).toBe('TOKEN_REJECTED');
  });

  test('forgets what a command under way has just unsealed', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    const plaintext = Buffer.from('x');
    const underWay = hsm.encrypt({ ...ciphers, token, plaintext });
    await Promise.all([underWay, hsm.zeroise()]);
    expect(refusal(await hsm.encrypt({ ...ciphers, token, plaintext }))).toBe('TOKEN_REJECTED');
  });

  test('changes nothing when the store fails', async () => {
    const memory = memoryHsmStore();
    const failing: HsmStore = { ...memory, refound: () => Promise.reject(new Error('disk full')) };
    const hsm = await openTestHsm(failing);
    const token = await newToken(hsm);
    await expect(hsm.zeroise()).rejects.toThrow('disk full');
    accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
  });
});

describe('the view', () => {
  test('counts commands', async () => {
    const hsm = await openTestHsm();
    expect(await hsm.view()).toMatchObject({ commands: 0, durability: 'memory' });
    await hsm.generateRandom({ length: 1 });
    await hsm.generateRandom({ length: 1 });
    expect((await hsm.view()).commands).toBe(2);
  });

  test('shows the domains that were needed, each with its key, and no seed where there is none', async () => {
    const hsm = await openTestHsm();
    expect((await hsm.view()).domains).toEqual([]);
    await hsm.generateRandom({ length: 1 });
    expect((await hsm.view()).domains).toEqual([]);
    const tokens = [await newToken(hsm), await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn)];
    const view = await hsm.view();
    expect(view.domains).toMatchObject([
      { region: 'us-east-1', domainKeyId: tokens[0]!.domainKeyId, created: startTime },
      { region: 'eu-central-1', domainKeyId: tokens[1]!.domainKeyId, created: startTime },
    ]);
    expect(view).not.toHaveProperty('seed');
    const ids = [view.moduleId, ...view.domains.map(({ domainKeyId }) => domainKeyId)];
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('domains', () => {
  test('a token of one Region opens in no other', async () => {
    const hsm = await openTestHsm();
    const token = await newToken(hsm);
    const abroad = await newToken(hsm, 'SYMMETRIC_DEFAULT', otherRegionKeyArn);
    const plaintext = Buffer.from('x');
    for (const moved of [
      { ...token, keyArn: otherRegionKeyArn },
      { ...token, keyArn: otherRegionKeyArn, domainKeyId: abroad.domainKeyId },
      { ...abroad, keyArn },
      { ...abroad, keyArn, domainKeyId: token.domainKeyId },
    ]) {
      expect(refusal(await hsm.encrypt({ ...ciphers, token: moved, plaintext }))).toBe('TOKEN_REJECTED');
    }
  });

  test('two commands that need a domain first share it', async () => {
    const hsm = await openTestHsm();
    const tokens = await Promise.all(Array.from({ length: 5 }, () => newToken(hsm)));
    expect(new Set(tokens.map(({ domainKeyId }) => domainKeyId)).size).toBe(1);
    expect((await hsm.view()).domains.length).toBe(1);
  });

  test.each([
    'arn:aws:kms:us-east-1:111122223333:alias/a',
    'arn:aws:kms::111122223333:key/a',
    'aws:kms:us-east-1:111122223333:key/a',
    'arn:aws:s3:us-east-1:111122223333:key/a',
    'arn:kms:us-east-1:key/a',
    '',
  ])('%s is in none', async (arn) => {
    const hsm = await openTestHsm();
    await expect(hsm.generateBackingKey({ keyArn: arn, spec: 'SYMMETRIC_DEFAULT' })).rejects.toThrow(
      TypeError,
    );
    expect((await hsm.view()).domains).toEqual([]);
  });
});
