import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type {
  BackingKeySpec,
  ExportedKeyToken,
  Hsm,
  MessageType,
  SigningAlgorithm,
} from '../../src/engine/hsm/hsm.ts';
import { accepted, keyArn, openTestHsm, refusal } from './support.ts';

/**
 * Every key spec against every algorithm, those that fit and those that do not, and noise wherever bytes come from
 * outside: what does not fit is refused, and nothing throws.
 */

const rsaAlgorithms = ['PSS', 'PKCS1_V1_5'].flatMap((padding) =>
  ['256', '384', '512'].map((hash) => `RSASSA_${padding}_SHA_${hash}` as SigningAlgorithm),
);

/** AWS KMS Developer Guide, key spec reference. */
const signs: Record<BackingKeySpec, readonly SigningAlgorithm[]> = {
  SYMMETRIC_DEFAULT: [],
  HMAC_224: [],
  HMAC_256: [],
  HMAC_384: [],
  HMAC_512: [],
  RSA_2048: rsaAlgorithms,
  RSA_3072: rsaAlgorithms,
  RSA_4096: rsaAlgorithms,
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  ECC_NIST_P384: ['ECDSA_SHA_384'],
  ECC_NIST_P521: ['ECDSA_SHA_512'],
  ECC_SECG_P256K1: ['ECDSA_SHA_256'],
  ECC_NIST_EDWARDS25519: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  ML_DSA_44: ['ML_DSA_SHAKE_256'],
  ML_DSA_65: ['ML_DSA_SHAKE_256'],
  ML_DSA_87: ['ML_DSA_SHAKE_256'],
  ML_KEM_512: [],
  ML_KEM_768: [],
  ML_KEM_1024: [],
  SM2: ['SM2DSA'],
};
// Longer RSA keys are slow to make, and stand in `signature.test.ts`.
const specs = (Object.keys(signs) as BackingKeySpec[]).filter(
  (spec) => spec !== 'RSA_3072' && spec !== 'RSA_4096',
);

/** Types of message that each takes, with the length of what is no raw message. */
const digests: Record<SigningAlgorithm, Partial<Record<MessageType, number>>> = {
  RSASSA_PSS_SHA_256: { RAW: 0, DIGEST: 32 },
  RSASSA_PSS_SHA_384: { RAW: 0, DIGEST: 48 },
  RSASSA_PSS_SHA_512: { RAW: 0, DIGEST: 64 },
  RSASSA_PKCS1_V1_5_SHA_256: { RAW: 0, DIGEST: 32 },
  RSASSA_PKCS1_V1_5_SHA_384: { RAW: 0, DIGEST: 48 },
  RSASSA_PKCS1_V1_5_SHA_512: { RAW: 0, DIGEST: 64 },
  ECDSA_SHA_256: { RAW: 0, DIGEST: 32 },
  ECDSA_SHA_384: { RAW: 0, DIGEST: 48 },
  ECDSA_SHA_512: { RAW: 0, DIGEST: 64 },
  ED25519_SHA_512: { RAW: 0 },
  ED25519_PH_SHA_512: { DIGEST: 64 },
  ML_DSA_SHAKE_256: { RAW: 0, EXTERNAL_MU: 64 },
  SM2DSA: { RAW: 0, DIGEST: 32 },
};
const ways = Object.entries(digests).flatMap(([algorithm, types]) =>
  Object.entries(types).map(([messageType, length]) => ({
    algorithm: algorithm as SigningAlgorithm,
    messageType: messageType as MessageType,
    length,
  })),
);

let hsm: Hsm;
const keys = new Map<BackingKeySpec, { token: ExportedKeyToken; publicKey: Uint8Array }>();

beforeAll(async () => {
  hsm = await openTestHsm();
  for (const spec of specs) {
    const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    keys.set(spec, { token, publicKey: publicKey ?? new Uint8Array() });
  }
});

const fitting = ways.flatMap((way) =>
  specs.filter((spec) => signs[spec].includes(way.algorithm)).map((spec) => ({ spec, ...way })),
);

test.each(fitting)(
  '$spec signs by $algorithm, $messageType',
  async ({ spec, algorithm, messageType, length }) => {
    const { token, publicKey } = keys.get(spec)!;
    const messages =
      length === 0
        ? fc.uint8Array({ minLength: 1, maxLength: 4096 })
        : fc.uint8Array({ minLength: length, maxLength: length });
    await fc.assert(
      fc.asyncProperty(messages, fc.nat(), fc.nat({ max: 7 }), async (message, position, bit) => {
        const { signature } = accepted(await hsm.sign({ token, algorithm, messageType, message }));
        const genuine = { publicKey, algorithm, messageType, message, signature };
        accepted(await hsm.verify(genuine));

        const flip = (bytes: Uint8Array, end = bytes.length) => {
          const copy = bytes.slice();
          copy[copy.length - 1 - (position % end)]! ^= 1 << bit;
          return copy;
        };
        const altered: object[] = [{ message: flip(message) }, { signature: flip(signature) }];
        // μ stands for the public key too, so that then a key which differs little may pass (FIPS 204 §6.3).
        if (messageType !== 'EXTERNAL_MU') altered.push({ publicKey: flip(publicKey, 32) });
        for (const change of altered) {
          expect(refusal(await hsm.verify({ ...genuine, ...change }))).toBe('SIGNATURE_REJECTED');
        }
      }),
      { numRuns: 6 },
    );
  },
);

test.each(ways)(
  '$algorithm, $messageType, refuses every other spec',
  async ({ algorithm, messageType, length }) => {
    const input = { algorithm, messageType, message: new Uint8Array(length || 9) };
    for (const spec of specs.filter((one) => !signs[one].includes(algorithm))) {
      const { token, publicKey } = keys.get(spec)!;
      expect(refusal(await hsm.sign({ token, ...input })), spec).toBe('TOKEN_REJECTED');
      const signature = new Uint8Array(256).fill(1);
      expect(refusal(await hsm.verify({ publicKey, signature, ...input })), spec).toBe('SIGNATURE_REJECTED');
    }
  },
);

describe('noise', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.of(0x30, bytes.length), bytes])),
  );

  test.each(ways)(
    'verifies nothing by $algorithm, $messageType',
    async ({ algorithm, messageType, length }) => {
      const spec = specs.find((one) => signs[one].includes(algorithm))!;
      const { publicKey } = keys.get(spec)!;
      const input = { algorithm, messageType, message: new Uint8Array(length || 9) };
      await fc.assert(
        fc.asyncProperty(noise, async (bytes) => {
          const signature = new Uint8Array(64).fill(1);
          const asKey = await hsm.verify({ publicKey: bytes, signature, ...input });
          const asSignature = await hsm.verify({ publicKey, signature: bytes, ...input });
          for (const result of [asKey, asSignature]) expect(refusal(result)).toBe('SIGNATURE_REJECTED');
        }),
        { numRuns: 15 },
      );
    },
  );

  test('opens nothing, agrees on nothing, and is no sealed key', async () => {
    const kinds = [
      { spec: 'SYMMETRIC_DEFAULT', algorithm: 'SYMMETRIC_DEFAULT' },
      { spec: 'RSA_2048', algorithm: 'RSAES_OAEP_SHA_256' },
      { spec: 'SM2', algorithm: 'SM2PKE' },
    ] as const;
    await fc.assert(
      fc.asyncProperty(noise, async (bytes) => {
        for (const { spec, algorithm } of kinds) {
          const side = { ...keys.get(spec)!, algorithm, context: {} };
          expect(refusal(await hsm.decrypt({ ...side, ciphertext: bytes }))).toBe('CIPHERTEXT_REJECTED');
          const token = { ...side.token, sealed: bytes };
          const sealed = await hsm.decrypt({ ...side, token, ciphertext: new Uint8Array(256) });
          expect(['TOKEN_REJECTED', 'CIPHERTEXT_REJECTED']).toContain(refusal(sealed));
        }
        for (const spec of ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'SM2'] as const) {
          const agreed = await hsm.deriveSharedSecret({ token: keys.get(spec)!.token, publicKey: bytes });
          expect(refusal(agreed)).toBe('PUBLIC_KEY_REJECTED');
        }
        const { token } = keys.get('ML_KEM_768')!;
        expect(refusal(await hsm.decapsulate({ token, ciphertext: bytes }))).toBe('CIPHERTEXT_REJECTED');
        expect(refusal(await hsm.encapsulate({ token, publicKey: bytes }))).toBe('TOKEN_REJECTED');
      }),
      { numRuns: 25 },
    );
  });
});

test('a token of any spec does not open as one of any other', async () => {
  for (const spec of specs) {
    for (const other of specs.filter((one) => one !== spec)) {
      // The seal covers the spec; what is tried here is that nothing throws on the way.
      const token = { ...keys.get(spec)!.token, spec: other };
      const message = new Uint8Array(9);
      const mac = await hsm.generateMac({ token, algorithm: 'HMAC_SHA_256', message });
      const encrypting = { token, algorithm: 'SYMMETRIC_DEFAULT', context: {}, plaintext: message } as const;
      for (const result of [mac, await hsm.encrypt(encrypting)]) {
        expect(refusal(result), `${spec} as ${other}`).toBe('TOKEN_REJECTED');
      }
    }
  }
});
