import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { craftToken, domainKey, fromHex } from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, openToken, refusal } from './support.ts';

const macs = [
  { spec: 'HMAC_224', algorithm: 'HMAC_SHA_224', hash: 'sha224', length: 28 },
  { spec: 'HMAC_256', algorithm: 'HMAC_SHA_256', hash: 'sha256', length: 32 },
  { spec: 'HMAC_384', algorithm: 'HMAC_SHA_384', hash: 'sha384', length: 48 },
  { spec: 'HMAC_512', algorithm: 'HMAC_SHA_512', hash: 'sha512', length: 64 },
] as const;

let hsm: Hsm;
beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

const newToken = async (spec: (typeof macs)[number]['spec'] | 'SYMMETRIC_DEFAULT') =>
  accepted(await hsm.generateBackingKey({ keyArn, spec })).token;

describe.each(macs)('$algorithm', ({ spec, algorithm, hash, length }) => {
  test("codes of messages of any length are Node's", async () => {
    const token = await newToken(spec);
    const key = openToken(token, domainKey);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 4096 }), async (message) => {
        const { mac } = accepted(await hsm.generateMac({ token, algorithm, message }));
        expect(Buffer.from(mac)).toEqual(createHmac(hash, key).update(message).digest());
        accepted(await hsm.verifyMac({ token, algorithm, message, mac }));
      }),
      { numRuns: 20, examples: [[new Uint8Array(4096)]] },
    );
  });

  test.each([length, 64, 65, 128])('a key of %i bytes, as it may be imported', async (keyLength) => {
    const key = Buffer.alloc(keyLength, 0xa5);
    const token = craftToken(spec, key);
    const { mac } = accepted(await hsm.generateMac({ token, algorithm, message: Buffer.from('x') }));
    expect(Buffer.from(mac)).toEqual(createHmac(hash, key).update('x').digest());
  });

  test('nothing but the code is right', async () => {
    const token = await newToken(spec);
    const message = Buffer.from('message');
    const { mac } = accepted(await hsm.generateMac({ token, algorithm, message }));
    expect(mac.length).toBe(length);
    const genuine = { token, algorithm, message, mac };
    const refuses = async (change: object) =>
      expect(refusal(await hsm.verifyMac({ ...genuine, ...change }))).toBe('MAC_REJECTED');
    for (let byte = 0; byte < length; byte++) {
      const altered = mac.slice();
      altered[byte]! ^= 0x80;
      await refuses({ mac: altered });
    }
    for (const odd of [mac.subarray(0, -1), Buffer.concat([mac, Buffer.of(0)]), new Uint8Array(length)]) {
      await refuses({ mac: odd });
    }
    await refuses({ mac: new Uint8Array() });
    await refuses({ message: Buffer.from('messages') });
    await refuses({ token: await newToken(spec) });
  });

  test('tokens of other specs are refused, whatever was done with them before', async () => {
    const message = Buffer.from('x');
    for (const other of macs.filter((one) => one.spec !== spec)) {
      const token = await newToken(other.spec);
      accepted(await hsm.generateMac({ token, algorithm: other.algorithm, message }));
      const mac = new Uint8Array(length);
      expect(refusal(await hsm.generateMac({ token, algorithm, message }))).toBe('TOKEN_REJECTED');
      expect(refusal(await hsm.verifyMac({ token, algorithm, message, mac }))).toBe('TOKEN_REJECTED');
    }
    const token = await newToken('SYMMETRIC_DEFAULT');
    expect(refusal(await hsm.generateMac({ token, algorithm, message }))).toBe('TOKEN_REJECTED');
    const encrypting = { token: await newToken(spec), algorithm: 'SYMMETRIC_DEFAULT', context: {} } as const;
    expect(refusal(await hsm.encrypt({ ...encrypting, plaintext: message }))).toBe('TOKEN_REJECTED');
  });
});

/**
 * NIST, Cryptographic Standards and Guidelines, Examples with Intermediate Values, HMAC: key 00 01 02 … as long as
 * the hash's block, text "Sample message for keylen=blocklen". The keys of RFC 4231 are shorter or longer than KMS
 * imports.
 */
test.each([
  ['HMAC_224', 'HMAC_SHA_224', 64, 'c7405e3ae058e8cd30b08b4140248581ed174cb34e1224bcc1efc81b'],
  ['HMAC_256', 'HMAC_SHA_256', 64, '8bb9a1db9806f20df7f77b82138c7914d174d59e13dc4d0169c9057b133e1d62'],
  [
    'HMAC_384',
    'HMAC_SHA_384',
    128,
    '63c5daa5e651847ca897c95814ab830bededc7d25e83eef9195cd45857a37f448947858f5af50cc2b1b730ddf29671a9',
  ],
  [
    'HMAC_512',
    'HMAC_SHA_512',
    128,
    'fc25e240658ca785b7a811a8d3f7b4ca48cfa26a8a366bf2cd1f836b05fcb024bd36853081811d6cea4216ebad79da1cfcb95ea4586b8a0ce356596a55fb1347',
  ],
] as const)("NIST's example, %s", async (spec, algorithm, keyLength, expected) => {
  const key = Uint8Array.from({ length: keyLength }, (_, index) => index);
  const token = craftToken(spec, key);
  const message = Buffer.from('Sample message for keylen=blocklen');
  const { mac } = accepted(await hsm.generateMac({ token, algorithm, message }));
  expect(Buffer.from(mac).toString('hex')).toBe(expected);
  accepted(await hsm.verifyMac({ token, algorithm, message, mac: fromHex(expected) }));
});
