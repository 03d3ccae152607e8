import { createHash, generateKeyPairSync, sign as nodeSign, verify as nodeVerify } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import prehashed from '../vectors/ed25519ph-libsodium.json' with { type: 'json' };
import { craftToken, domainKey, fromHex, nodeKey } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, refusal } from './support.ts';

const text = Buffer.from('The quick brown fox');
const pure = { algorithm: 'ED25519_SHA_512', messageType: 'RAW', message: text } as const;
const digest = createHash('sha512').update(text).digest();
const ph = { algorithm: 'ED25519_PH_SHA_512', messageType: 'DIGEST', message: digest } as const;

let hsm: Hsm;
let token: ExportedKeyToken;
let publicKey: Uint8Array;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  const made = accepted(await hsm.generateBackingKey({ keyArn, spec: 'ECC_NIST_EDWARDS25519' }));
  ({ token } = made);
  publicKey = made.publicKey!;
});

/** PKCS #8 and SubjectPublicKeyInfo around seed and public key: RFC 8410, §10.3 and §10.1. */
const pkcs8 = (seed: string) => fromHex(`302e020100300506032b657004220420${seed}`);
const spki = (key: string) => fromHex(`302a300506032b6570032100${key}`);

/** RFC 8032, §7.1. */
const rfc8032 = [
  {
    name: 'TEST 1',
    seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    key: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    message: '',
    signature:
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  },
  {
    name: 'TEST 2',
    seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: '72',
    signature:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  },
  {
    name: 'TEST 3',
    seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    message: 'af82',
    signature:
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  },
];

test.each(rfc8032)('RFC 8032, $name', async ({ seed, key, message, signature }) => {
  const input = { ...pure, message: fromHex(message) };
  const crafted = craftToken('ECC_NIST_EDWARDS25519', pkcs8(seed));
  const signed = accepted(await hsm.sign({ token: crafted, ...input }));
  expect(Buffer.from(signed.signature).toString('hex')).toBe(signature);
  accepted(await hsm.verify({ publicKey: spki(key), signature: fromHex(signature), ...input }));
});

test("Ed25519ph of a digest is libsodium's", async () => {
  const input = { ...ph, message: fromHex(prehashed.message) };
  const crafted = craftToken('ECC_NIST_EDWARDS25519', pkcs8(prehashed.seed));
  const signed = accepted(await hsm.sign({ token: crafted, ...input }));
  expect(Buffer.from(signed.signature).toString('hex')).toBe(prehashed.signature);
  const genuine = { publicKey: spki(prehashed.publicKey), signature: signed.signature };
  accepted(await hsm.verify({ ...genuine, ...input }));
});

test("the module and Node verify each other's signatures", async () => {
  const { signature } = accepted(await hsm.sign({ token, ...pure }));
  expect(nodeVerify(null, text, nodeKey(publicKey), signature)).toBe(true);

  const pair = generateKeyPairSync('ed25519');
  const theirs = nodeSign(null, text, pair.privateKey);
  const theirKey = pair.publicKey.export({ format: 'der', type: 'spki' });
  accepted(await hsm.verify({ publicKey: theirKey, signature: theirs, ...pure }));
});

describe.each([pure, ph])('$algorithm', (input) => {
  test('nothing but the signature verifies', async () => {
    const { signature } = accepted(await hsm.sign({ token, ...input }));
    expect(signature.length).toBe(64);
    const genuine = { publicKey, signature, ...input };
    accepted(await hsm.verify(genuine));
    const refuses = async (change: object) =>
      expect(refusal(await hsm.verify({ ...genuine, ...change }))).toBe('SIGNATURE_REJECTED');

    for (let bit = 0; bit < 512; bit += 7) {
      const altered = signature.slice();
      altered[bit >> 3]! ^= 1 << (bit & 7);
      await refuses({ signature: altered });
    }
    await refuses({ message: createHash('sha512').update('another').digest() });
    for (const length of [0, 63, 65, 6144]) await refuses({ signature: new Uint8Array(length) });
    await refuses({ publicKey: publicKey.subarray(0, -1) });
    await refuses({ publicKey: new Uint8Array(44) });
    // y = 2, of no point; and the neutral point, under which zeros would sign everything.
    await refuses({ publicKey: spki(`02${'00'.repeat(31)}`) });
    const neutral = `01${'00'.repeat(31)}`;
    await refuses({ publicKey: spki('ff'.repeat(32)), signature: fromHex(neutral + '00'.repeat(32)) });
    // s plus the group's order (RFC 8032 §5.1.7: s is below it).
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
    const sum = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
    await refuses({ signature: Buffer.concat([signature.subarray(0, 32), sum]) });
  });

  test('other kinds of messages are errors', async () => {
    const messageType = input.messageType === 'RAW' ? 'DIGEST' : 'RAW';
    for (const change of [{ messageType }, { messageType: 'EXTERNAL_MU' }] as const) {
      await expect(hsm.sign({ token, ...input, ...change })).rejects.toThrow(RangeError);
      const signature = new Uint8Array(64);
      await expect(hsm.verify({ publicKey, signature, ...input, ...change })).rejects.toThrow(RangeError);
    }
  });

  test('tokens of other specs are refused', async () => {
    for (const spec of ['ECC_NIST_P256', 'SYMMETRIC_DEFAULT', 'ML_DSA_44'] as const) {
      const other = accepted(await hsm.generateBackingKey({ keyArn, spec })).token;
      expect(refusal(await hsm.sign({ token: other, ...input }))).toBe('TOKEN_REJECTED');
    }
  });
});

test('the two algorithms do not verify each other', async () => {
  const { signature } = accepted(await hsm.sign({ token, ...pure, message: digest }));
  expect(refusal(await hsm.verify({ publicKey, signature, ...ph }))).toBe('SIGNATURE_REJECTED');
});
