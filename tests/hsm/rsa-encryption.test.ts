import { constants, createPublicKey, privateDecrypt, publicEncrypt, type KeyObject } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { accepted, knownDomainKey, newRsaKey, openTestHsm, openToken, refusal } from './support.ts';

const domainKey = new Uint8Array(32).fill(7);
let hsm: Hsm;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

/** From AWS KMS Developer Guide, key spec reference: the most that each algorithm encrypts. */
const cases = [
  { spec: 'RSA_2048', algorithm: 'RSAES_OAEP_SHA_1', limit: 214, oaepHash: 'sha1' },
  { spec: 'RSA_2048', algorithm: 'RSAES_OAEP_SHA_256', limit: 190, oaepHash: 'sha256' },
  { spec: 'RSA_3072', algorithm: 'RSAES_OAEP_SHA_1', limit: 342, oaepHash: 'sha1' },
  { spec: 'RSA_3072', algorithm: 'RSAES_OAEP_SHA_256', limit: 318, oaepHash: 'sha256' },
  { spec: 'RSA_4096', algorithm: 'RSAES_OAEP_SHA_1', limit: 470, oaepHash: 'sha1' },
  { spec: 'RSA_4096', algorithm: 'RSAES_OAEP_SHA_256', limit: 446, oaepHash: 'sha256' },
] as const;

const specs = ['RSA_2048', 'RSA_3072', 'RSA_4096'] as const;

describe.each(specs)('%s', (spec) => {
  let token: ExportedKeyToken;
  let publicKey: Uint8Array;
  let nodeKey: KeyObject;

  beforeAll(async () => {
    ({ token, publicKey } = await newRsaKey(hsm, spec));
    nodeKey = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  });

  test('has the modulus length that it says, and exponent 65537', () => {
    expect(nodeKey.asymmetricKeyDetails).toEqual({
      modulusLength: Number(spec.slice(4)),
      publicExponent: 65537n,
    });
    expect(token.materialId).toMatch(/^[0-9a-f]{64}$/);
  });

  describe.each(cases.filter((one) => one.spec === spec))('$algorithm', ({ algorithm, limit, oaepHash }) => {
    const side = () => ({ token, algorithm, context: {}, publicKey });

    test.each([1, limit])('%i bytes come back', async (length) => {
      const plaintext = new Uint8Array(length).fill(0xa5);
      const { ciphertext } = accepted(await hsm.encrypt({ ...side(), plaintext }));
      expect(ciphertext.length).toBe(Number(spec.slice(4)) / 8);
      const opened = accepted(await hsm.decrypt({ ...side(), ciphertext }));
      expect(opened.plaintext).toEqual(plaintext);
    });

    test.each([0, limit + 1])('%i bytes are no plaintext', async (length) => {
      const command = { ...side(), plaintext: new Uint8Array(length) };
      await expect(hsm.encrypt(command)).rejects.toThrow(RangeError);
    });

    test("Node's own cryptography and the module open each other's ciphertext", async () => {
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const plaintext = Buffer.from('interoperable');
      const theirs = publicEncrypt({ key: nodeKey, padding, oaepHash }, plaintext);
      const opened = accepted(await hsm.decrypt({ ...side(), ciphertext: theirs }));
      expect(Buffer.from(opened.plaintext!)).toEqual(plaintext);

      const ours = accepted(await hsm.encrypt({ ...side(), plaintext })).ciphertext;
      const key = { key: openToken(token, domainKey), format: 'der', type: 'pkcs8' } as const;
      expect(privateDecrypt({ ...key, padding, oaepHash }, ours)).toEqual(plaintext);
    });

    test('an altered or foreign ciphertext is refused', async () => {
      const { ciphertext } = accepted(await hsm.encrypt({ ...side(), plaintext: Buffer.from('x') }));
      for (const byte of [0, 1, ciphertext.length >> 1, ciphertext.length - 1]) {
        const altered = ciphertext.slice();
        altered[byte]! ^= 1;
        const result = await hsm.decrypt({ ...side(), ciphertext: altered });
        expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
      }
      const otherHash = algorithm === 'RSAES_OAEP_SHA_1' ? 'RSAES_OAEP_SHA_256' : 'RSAES_OAEP_SHA_1';
      const wrong = await hsm.decrypt({ ...side(), algorithm: otherHash, ciphertext });
      expect(refusal(wrong)).toBe('CIPHERTEXT_REJECTED');
      for (const odd of [new Uint8Array(0), new Uint8Array(1), new Uint8Array(6144)]) {
        expect(refusal(await hsm.decrypt({ ...side(), ciphertext: odd }))).toBe('CIPHERTEXT_REJECTED');
      }
    });
  });
});

test('re-encryption goes from RSA to symmetric and back', async () => {
  const rsa = { ...(await newRsaKey(hsm)), algorithm: 'RSAES_OAEP_SHA_256', context: {} } as const;
  const { token } = accepted(
    await hsm.generateBackingKey({ keyArn: rsa.token.keyArn, spec: 'SYMMETRIC_DEFAULT' }),
  );
  const symmetric = { token, algorithm: 'SYMMETRIC_DEFAULT', context: { a: 'b' } } as const;
  const plaintext = Buffer.from('there and back');

  const { ciphertext: first } = accepted(await hsm.encrypt({ ...rsa, plaintext }));
  const there = accepted(
    await hsm.reEncrypt({ source: { ...rsa, ciphertext: first }, destination: symmetric }),
  );
  const back = accepted(
    await hsm.reEncrypt({ source: { ...symmetric, ciphertext: there.ciphertext }, destination: rsa }),
  );
  const opened = accepted(await hsm.decrypt({ ...rsa, ciphertext: back.ciphertext }));
  expect(Buffer.from(opened.plaintext!)).toEqual(plaintext);
});

test('the public key must be there, and be that of the token', async () => {
  const { token } = await newRsaKey(hsm);
  const { publicKey } = await newRsaKey(hsm);
  const command = {
    token,
    algorithm: 'RSAES_OAEP_SHA_256',
    context: {},
    plaintext: Buffer.from('x'),
  } as const;
  await expect(hsm.encrypt(command)).rejects.toThrow(TypeError);
  expect(refusal(await hsm.encrypt({ ...command, publicKey }))).toBe('TOKEN_REJECTED');
});
