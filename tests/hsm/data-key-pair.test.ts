import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { ml_kem1024, ml_kem512, ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { DataKeyPairSpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import mlKem from '../vectors/ml-kem-openssl.json' with { type: 'json' };
import { domainKey, nodeKey } from './crafted-token.ts';
import {
  accepted,
  ciphers,
  keyArn,
  knownDomainKey,
  newToken,
  openTestHsm,
  refusal,
  startTime,
} from './support.ts';

const kems = { ML_KEM_512: ml_kem512, ML_KEM_768: ml_kem768, ML_KEM_1024: ml_kem1024 };
const signingSpecs = [
  ...(['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'] as const),
  ...(['ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519'] as const),
];
const kemSpecs = ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const;
const specs: DataKeyPairSpec[] = [...signingSpecs, ...kemSpecs, 'SM2'];

const context = { dept: 'IT' };
let hsm: Hsm;
let token: ExportedKeyToken;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  token = await newToken(hsm);
});

async function newPair(pairSpec: DataKeyPairSpec) {
  const command = { token, context, pairSpec, withPlaintext: true };
  const { ciphertext, publicKey, privateKey } = accepted(await hsm.generateDataKeyPair(command));
  return { ciphertext, publicKey, privateKey: privateKey! };
}

const pairs = new Map<DataKeyPairSpec, Awaited<ReturnType<typeof newPair>>>();

/** One pair of each spec, made when first asked for: long RSA keys take their time. */
async function pairOf(pairSpec: DataKeyPairSpec) {
  const pair = pairs.get(pairSpec) ?? (await newPair(pairSpec));
  pairs.set(pairSpec, pair);
  return pair;
}

test.each(specs)('%s: the private key is the one in its blob', async (pairSpec) => {
  const { ciphertext, privateKey } = await pairOf(pairSpec);
  const opened = accepted(await hsm.decrypt({ ...ciphers, token, context, ciphertext }));
  expect(opened.plaintext).toEqual(privateKey);
  const elsewhere = await hsm.decrypt({ ...ciphers, token, ciphertext });
  expect(refusal(elsewhere)).toBe('CIPHERTEXT_REJECTED');
});

const quick = specs.filter((spec) => spec !== 'RSA_3072' && spec !== 'RSA_4096');
test.each(quick)('%s: the private key stays inside unless asked for', async (pairSpec) => {
  const made = accepted(await hsm.generateDataKeyPair({ token, context, pairSpec, withPlaintext: false }));
  expect(Object.keys(made).sort()).toEqual(['ciphertext', 'ok', 'publicKey', 'steps']);
});

test.each(signingSpecs)('%s: Node signs with the one and verifies with the other', async (pairSpec) => {
  const { publicKey, privateKey } = await pairOf(pairSpec);
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const hash = pairSpec === 'ECC_NIST_EDWARDS25519' ? null : 'sha256';
  const signature = sign(hash, Buffer.from('message'), key);
  expect(verify(hash, Buffer.from('message'), nodeKey(publicKey), signature)).toBe(true);
  // What a private key says of its public key is right too, and the form is the usual one.
  const derived = createPublicKey(key).export({ format: 'der', type: 'spki' });
  expect(derived).toEqual(Buffer.from(publicKey));
  expect(key.export({ format: 'der', type: 'pkcs8' })).toEqual(Buffer.from(privateKey));
});

describe.each(kemSpecs)('%s', (pairSpec) => {
  test('the seed is that of the public key, in the form of RFC 9935', async () => {
    const { publicKey, privateKey } = await pairOf(pairSpec);
    expect(privateKey.length).toBe(86);
    const header = Buffer.from(privateKey.subarray(0, 22)).toString('hex');
    const set = { ML_KEM_512: '01', ML_KEM_768: '02', ML_KEM_1024: '03' }[pairSpec];
    expect(header).toBe(`3054020100300b06096086480165030404${set}04428040`);
    const theirs = mlKem.keys.find(({ spec }) => spec === pairSpec);
    if (theirs) expect(theirs.privateKeyDer.slice(0, 44)).toBe(header);

    const pair = kems[pairSpec].keygen(privateKey.subarray(22));
    expect(Buffer.from(publicKey.subarray(22))).toEqual(Buffer.from(pair.publicKey));
  });
});

test('SM2: Node reads the private key, which carries its public key along', async () => {
  const { publicKey, privateKey } = await pairOf('SM2');
  expect(privateKey.length).toBe(138);
  expect(Buffer.from(privateKey.subarray(-65))).toEqual(Buffer.from(publicKey.subarray(-65)));
  const readBack = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  expect(readBack.export({ format: 'der', type: 'pkcs8' })).toEqual(Buffer.from(privateKey));
});

test('no two pairs are the same', async () => {
  for (const pairSpec of specs.filter((one) => !one.startsWith('RSA'))) {
    const [first, second] = [await newPair(pairSpec), await newPair(pairSpec)];
    expect(first.publicKey).not.toEqual(second.publicKey);
    expect(first.privateKey).not.toEqual(second.privateKey);
  }
});

test('a token that does not open, or of another kind, is refused', async () => {
  const command = { context, pairSpec: 'ECC_NIST_P256', withPlaintext: true } as const;
  const rsa = accepted(await hsm.generateBackingKey({ keyArn, spec: 'HMAC_256' })).token;
  for (const wrong of [{ ...token, sealed: new Uint8Array(48) }, rsa]) {
    expect(refusal(await hsm.generateDataKeyPair({ ...command, token: wrong }))).toBe('TOKEN_REJECTED');
  }
});

describe('with a recipient', () => {
  let recipient: Uint8Array;
  beforeAll(async () => {
    recipient = (await pairOf('RSA_2048')).publicKey;
  });

  test('no plaintext leaves the module', async () => {
    const { ciphertext } = accepted(
      await hsm.encrypt({ ...ciphers, token, context, plaintext: Buffer.from('secret') }),
    );
    const agreement = accepted(await hsm.generateBackingKey({ keyArn, spec: 'ECC_NIST_P384' }));
    const pair = { token: agreement.token, publicKey: agreement.publicKey! };
    const sealing = { token, context, withPlaintext: true, recipient };
    const replies = [
      await hsm.decrypt({ ...ciphers, token, context, ciphertext, recipient }),
      await hsm.generateDataKey({ ...sealing, length: 32 }),
      await hsm.generateDataKeyPair({ ...sealing, pairSpec: 'ECC_NIST_P256' }),
      await hsm.generateRandom({ length: 32, recipient }),
      await hsm.deriveSharedSecret({ ...pair, recipient }),
    ];
    for (const reply of replies) {
      const done = accepted(reply as Awaited<ReturnType<Hsm['decrypt']>>);
      expect(done.ciphertextForRecipient!.length).toBeGreaterThan(256);
      for (const name of ['plaintext', 'privateKey', 'bytes', 'sharedSecret']) {
        expect(done).not.toHaveProperty(name);
      }
    }
  });

  test('refusals are the same', async () => {
    const altered = await hsm.decrypt({ ...ciphers, token, ciphertext: new Uint8Array(184), recipient });
    expect(refusal(altered)).toBe('CIPHERTEXT_REJECTED');
  });
});

test('in a module with a seed, pairs repeat', async () => {
  const pairs = await Promise.all(
    [1, 2].map(async () => {
      const seeded = await openHsm({
        ...{ store: memoryHsmStore(), clock: manualClock(startTime), seed: 'a seed' },
        randomness: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
      });
      const key = await newToken(seeded);
      const made: unknown[] = [];
      for (const pairSpec of specs) {
        const command = { token: key, context, pairSpec, withPlaintext: true };
        const { publicKey, privateKey } = accepted(await seeded.generateDataKeyPair(command));
        made.push(publicKey, privateKey);
      }
      return made;
    }),
  );
  expect(pairs[0]).toEqual(pairs[1]);
});
