import { shake256 } from '@noble/hashes/sha3.js';
import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm, MlDsaSpec } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import vectors from '../vectors/ml-dsa-openssl.json' with { type: 'json' };
import { craftToken, domainKey, fromHex } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, refusal } from './support.ts';

const algorithm = 'ML_DSA_SHAKE_256';
const message = Buffer.from('The quick brown fox');
const libraries = { ML_DSA_44: ml_dsa44, ML_DSA_65: ml_dsa65, ML_DSA_87: ml_dsa87 };
/** FIPS 204, table 2. */
const signatureLengths = { ML_DSA_44: 2420, ML_DSA_65: 3309, ML_DSA_87: 4627 };
const headerLength = 22;

/** μ of a message with an empty context: FIPS 204, algorithm 2, line 10, and algorithm 7, line 6. */
function muOf(publicKey: Uint8Array, text: Uint8Array): Uint8Array {
  const tr = shake256(publicKey.subarray(headerLength), { dkLen: 64 });
  return shake256(Buffer.concat([tr, Buffer.of(0, 0), text]), { dkLen: 64 });
}

let hsm: Hsm;
beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

describe.each(['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'] as const)('%s', (spec) => {
  let token: ExportedKeyToken;
  let publicKey: Uint8Array;
  const raw = { algorithm, messageType: 'RAW', message } as const;
  const external = () =>
    ({ algorithm, messageType: 'EXTERNAL_MU', message: muOf(publicKey, message) }) as const;

  beforeAll(async () => {
    const made = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    ({ token } = made);
    publicKey = made.publicKey!;
  });

  test('a message and its μ have the same signatures', async () => {
    for (const signing of [raw, external()]) {
      const { signature } = accepted(await hsm.sign({ token, ...signing }));
      expect(signature.length).toBe(signatureLengths[spec]);
      const bare = publicKey.subarray(headerLength);
      expect(libraries[spec].verify(signature, message, bare)).toBe(true);
      for (const verifying of [raw, external()]) {
        accepted(await hsm.verify({ publicKey, signature, ...verifying }));
      }
    }
  });

  test('signatures are hedged: no two are the same', async () => {
    const [first, second] = [
      accepted(await hsm.sign({ token, ...raw })),
      accepted(await hsm.sign({ token, ...raw })),
    ];
    expect(first.signature).not.toEqual(second.signature);
  });

  test('nothing else verifies', async () => {
    const { signature } = accepted(await hsm.sign({ token, ...raw }));
    for (const input of [raw, external()]) {
      const refuses = async (change: object) =>
        expect(refusal(await hsm.verify({ publicKey, signature, ...input, ...change }))).toBe(
          'SIGNATURE_REJECTED',
        );
      for (const byte of [0, 31, 700, signature.length - 1]) {
        const altered = signature.slice();
        altered[byte]! ^= 1;
        await refuses({ signature: altered });
      }
      for (const length of [0, 64, signature.length - 1, signature.length + 1, 6144]) {
        await refuses({ signature: new Uint8Array(length) });
      }
      await refuses({ message: new Uint8Array(64) });
      await refuses({ publicKey: publicKey.subarray(1) });
      await refuses({ publicKey: new Uint8Array(publicKey.length) });
      const otherKey = publicKey.slice();
      otherKey[100]! ^= 1;
      await refuses({ publicKey: otherKey });
    }
    // With a context, which KMS does not have.
    const bound = libraries[spec].sign(message, libraries[spec].keygen(new Uint8Array(32)).secretKey, {
      context: Buffer.from('context'),
    });
    expect(refusal(await hsm.verify({ publicKey, signature: bound, ...raw }))).toBe('SIGNATURE_REJECTED');
  });

  test('other kinds of messages are errors', async () => {
    const odd = [
      { messageType: 'DIGEST', message: new Uint8Array(64) },
      { messageType: 'EXTERNAL_MU', message: new Uint8Array(63) },
    ] as const;
    for (const change of odd) {
      await expect(hsm.sign({ token, ...raw, ...change })).rejects.toThrow(RangeError);
    }
  });
});

test('tokens of other specs are refused', async () => {
  for (const spec of ['ML_KEM_512', 'RSA_2048', 'ECC_SECG_P256K1', 'HMAC_256'] as const) {
    const { token } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    const signing = hsm.sign({ token, algorithm, messageType: 'RAW', message });
    expect(refusal(await signing)).toBe('TOKEN_REJECTED');
  }
});

describe.each(vectors.keys)('OpenSSL, $spec', ({ spec, seed, publicKeyDer, signature }) => {
  const publicKey = fromHex(publicKeyDer);
  const text = fromHex(vectors.message);

  test.each(['RAW', 'EXTERNAL_MU'] as const)('its signature verifies, %s', async (messageType) => {
    const input = messageType === 'RAW' ? text : muOf(publicKey, text);
    const genuine = { publicKey, algorithm, messageType, message: input } as const;
    accepted(await hsm.verify({ ...genuine, signature: fromHex(signature) }));
  });

  test('its seed signs for its public key', async () => {
    const token = craftToken(spec as MlDsaSpec, fromHex(seed));
    const input = { algorithm, messageType: 'RAW', message: text } as const;
    const signed = accepted(await hsm.sign({ token, ...input }));
    accepted(await hsm.verify({ publicKey, signature: signed.signature, ...input }));
  });
});
