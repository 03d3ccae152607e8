import { ml_kem1024, ml_kem512, ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm, MlKemSpec } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import vectors from '../vectors/ml-kem-openssl.json' with { type: 'json' };
import { craftToken, domainKey, fromHex } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, refusal } from './support.ts';

const libraries = { ML_KEM_512: ml_kem512, ML_KEM_768: ml_kem768, ML_KEM_1024: ml_kem1024 };
/** FIPS 203, table 3. */
const ciphertextLengths = { ML_KEM_512: 768, ML_KEM_768: 1088, ML_KEM_1024: 1568 };
const specs = ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const;
const headerLength = 22;

let hsm: Hsm;
beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

describe.each(specs)('%s', (spec) => {
  let token: ExportedKeyToken;
  let publicKey: Uint8Array;
  const length = ciphertextLengths[spec];

  beforeAll(async () => {
    const made = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    ({ token } = made);
    publicKey = made.publicKey!;
  });

  test('what was encapsulated is what is decapsulated', async () => {
    const first = accepted(await hsm.encapsulate({ token, publicKey }));
    const second = accepted(await hsm.encapsulate({ token, publicKey }));
    expect(first.sharedSecret.length).toBe(32);
    expect(first.ciphertext.length).toBe(length);
    expect(second.sharedSecret).not.toEqual(first.sharedSecret);
    for (const { sharedSecret, ciphertext } of [first, second]) {
      const opened = accepted(await hsm.decapsulate({ token, ciphertext }));
      expect(opened.sharedSecret).toEqual(sharedSecret);
    }
  });

  test('anybody can encapsulate under the public key', async () => {
    const bare = publicKey.subarray(headerLength);
    const { cipherText: ciphertext, sharedSecret } = libraries[spec].encapsulate(bare);
    expect(accepted(await hsm.decapsulate({ token, ciphertext })).sharedSecret).toEqual(sharedSecret);
  });

  test('altered ciphertext gives another secret, always the same, and no refusal', async () => {
    const { ciphertext, sharedSecret } = accepted(await hsm.encapsulate({ token, publicKey }));
    for (const byte of [0, length >> 1, length - 1]) {
      const altered = ciphertext.slice();
      altered[byte]! ^= 1;
      const opened = accepted(await hsm.decapsulate({ token, ciphertext: altered }));
      expect(opened.sharedSecret.length).toBe(32);
      expect(opened.sharedSecret).not.toEqual(sharedSecret);
      const again = accepted(await hsm.decapsulate({ token, ciphertext: altered }));
      expect(again.sharedSecret).toEqual(opened.sharedSecret);
    }
  });

  test('ciphertext of another length is refused', async () => {
    const lengths = [0, 1, length - 1, length + 1, ...Object.values(ciphertextLengths)];
    for (const odd of lengths.filter((one) => one !== length)) {
      const result = await hsm.decapsulate({ token, ciphertext: new Uint8Array(odd) });
      expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
    }
  });

  test('tokens and public keys that do not fit are refused', async () => {
    const other = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    const ciphertext = new Uint8Array(length);
    for (const wrong of [other.publicKey!, new Uint8Array(), publicKey.subarray(0, -1)]) {
      expect(refusal(await hsm.encapsulate({ token, publicKey: wrong }))).toBe('TOKEN_REJECTED');
    }
    const otherSpec = specs.find((one) => one !== spec)!;
    const altered = [
      { ...token, sealed: new Uint8Array(80) },
      { ...token, spec: 'ML_DSA_44' } as const,
      { ...token, spec: otherSpec },
    ];
    for (const wrong of altered) {
      expect(refusal(await hsm.encapsulate({ token: wrong, publicKey }))).toBe('TOKEN_REJECTED');
      const fitting = wrong.spec === otherSpec ? new Uint8Array(ciphertextLengths[otherSpec]) : ciphertext;
      expect(refusal(await hsm.decapsulate({ token: wrong, ciphertext: fitting }))).toBe('TOKEN_REJECTED');
    }
  });
});

describe.each(vectors.keys)('OpenSSL, $spec', ({ spec, seed, publicKeyDer, ciphertext, sharedSecret }) => {
  test('what it encapsulated, the module decapsulates', async () => {
    const token = craftToken(spec as MlKemSpec, fromHex(seed));
    const opened = accepted(await hsm.decapsulate({ token, ciphertext: fromHex(ciphertext) }));
    expect(Buffer.from(opened.sharedSecret).toString('hex')).toBe(sharedSecret);
  });

  test('its public key is known by its token', async () => {
    const publicKey = fromHex(publicKeyDer);
    const token = craftToken(spec as MlKemSpec, fromHex(seed), publicKey);
    const made = accepted(await hsm.encapsulate({ token, publicKey }));
    const opened = accepted(await hsm.decapsulate({ token, ciphertext: made.ciphertext }));
    expect(opened.sharedSecret).toEqual(made.sharedSecret);
  });
});
