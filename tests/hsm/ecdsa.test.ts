import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import rfc6979 from '../vectors/ecdsa-rfc6979.json' with { type: 'json' };
import wycheproof from '../vectors/ecdsa-secp256k1-wycheproof.json' with { type: 'json' };
import {
  algorithmIdentifiers,
  craftToken,
  domainKey,
  fromHex,
  nodeKey,
  spkiOfPoint,
} from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, openToken, refusal } from './support.ts';

/** ECDSA: Node's own cryptography on the other side, published vectors, and what must not verify. */

const message = Buffer.from('The quick brown fox');
const messageTypes = ['RAW', 'DIGEST'] as const;

/** Orders: SEC 2, and FIPS 186-5 by way of SP 800-186. */
const curves = {
  ECC_NIST_P256: {
    algorithm: 'ECDSA_SHA_256',
    hash: 'sha256',
    length: 32,
    name: 'P-256',
    order: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  },
  ECC_NIST_P384: {
    algorithm: 'ECDSA_SHA_384',
    hash: 'sha384',
    length: 48,
    name: 'P-384',
    order: 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  },
  ECC_NIST_P521: {
    algorithm: 'ECDSA_SHA_512',
    hash: 'sha512',
    length: 66,
    name: 'P-521',
    order:
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
  },
  ECC_SECG_P256K1: {
    algorithm: 'ECDSA_SHA_256',
    hash: 'sha256',
    length: 32,
    name: 'secp256k1',
    order: 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141',
  },
} as const;
type Curve = keyof typeof curves;
const specs = Object.keys(curves) as Curve[];

let hsm: Hsm;
const keys = new Map<Curve, { token: ExportedKeyToken; publicKey: Uint8Array }>();

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  for (const spec of specs) {
    const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
    keys.set(spec, { token, publicKey: publicKey! });
  }
});

function signed(spec: Curve, messageType: 'RAW' | 'DIGEST', text: Uint8Array = message) {
  const { algorithm, hash } = curves[spec];
  const digest = createHash(hash).update(text).digest();
  return { algorithm, messageType, message: messageType === 'RAW' ? text : digest };
}

/** DER, written for the test so that it can be written wrong: each number's content octets as they are. */
function der(r: string, s: string): Uint8Array<ArrayBuffer> {
  const integer = (hex: string) => `02${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`;
  const content = integer(r) + integer(s);
  const length = content.length / 2;
  const octets = length < 0x80 ? '' : '81';
  return fromHex(`30${octets}${length.toString(16).padStart(2, '0')}${content}`);
}

/** Content octets of a number in DER. */
function octets(number: bigint): string {
  const hex = number.toString(16);
  const even = hex.length % 2 === 1 ? `0${hex}` : hex;
  return parseInt(even.slice(0, 2), 16) < 0x80 ? even : `00${even}`;
}

/** A genuine signature's numbers, by Node. */
function numbersOf(spec: Curve): { r: bigint; s: bigint; publicKey: Uint8Array } {
  const { name, hash, length } = curves[spec];
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: name });
  const bare = nodeSign(hash, message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return {
    r: BigInt(`0x${bare.subarray(0, length).toString('hex')}`),
    s: BigInt(`0x${bare.subarray(length).toString('hex')}`),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
  };
}

describe.each(specs)('%s', (spec) => {
  const { hash, order, length } = curves[spec];
  const n = BigInt(`0x${order}`);

  describe.each(messageTypes)('%s', (messageType) => {
    test('Node verifies what the module signs', async () => {
      const { token, publicKey } = keys.get(spec)!;
      for (let round = 0; round < 8; round++) {
        const { signature } = accepted(await hsm.sign({ token, ...signed(spec, messageType) }));
        expect(nodeVerify(hash, message, nodeKey(publicKey), signature)).toBe(true);
        expect(signature.length).toBeLessThanOrEqual(2 * length + 9);
      }
    });

    test('the module verifies what Node signs', async () => {
      for (let round = 0; round < 8; round++) {
        const { r, s, publicKey } = numbersOf(spec);
        const signature = der(octets(r), octets(s));
        accepted(await hsm.verify({ publicKey, signature, ...signed(spec, messageType) }));
        // The other of the two values of s is as good: AWS does not ask for the lower one.
        const mirrored = der(octets(r), octets(n - s));
        accepted(await hsm.verify({ publicKey, signature: mirrored, ...signed(spec, messageType) }));
      }
    });

    test('the same message never has the same signature', async () => {
      const { token } = keys.get(spec)!;
      const command = { token, ...signed(spec, messageType) };
      const [first, second] = [accepted(await hsm.sign(command)), accepted(await hsm.sign(command))];
      expect(first.signature).not.toEqual(second.signature);
    });

    test('numbers out of range and other encodings are refused', async () => {
      const { r, s, publicKey } = numbersOf(spec);
      const [rHex, sHex] = [octets(r), octets(s)];
      const right = der(rHex, sHex);
      const genuine = { publicKey, ...signed(spec, messageType) };
      accepted(await hsm.verify({ ...genuine, signature: right }));
      const wrong: Record<string, Uint8Array> = {
        'r of zero': der('00', sHex),
        's of zero': der(rHex, '00'),
        'both zero': der('00', '00'),
        'r = n': der(octets(n), sHex),
        's = n': der(rHex, octets(n)),
        'r plus n': der(octets(r + n), sHex),
        's plus n': der(rHex, octets(s + n)),
        'r and s exchanged': der(sHex, rHex),
        'r = s = 1': der('01', '01'),
        'no r': der('', sHex),
        'a needless zero': der(`00${rHex}`, sHex),
        'negative r': der('ff', sHex),
        'negative s': der(rHex, '80'),
        'a byte after the end': Buffer.concat([right, Buffer.of(0)]),
        'a byte short': right.subarray(0, -1),
        nothing: new Uint8Array(),
        'bare numbers': fromHex(rHex + sHex),
        'a long number': der(`01${'00'.repeat(100)}`, '01'),
        'the longest there can be': new Uint8Array(6144).fill(0x30),
      };
      for (const [name, signature] of Object.entries(wrong)) {
        expect(refusal(await hsm.verify({ ...genuine, signature })), name).toBe('SIGNATURE_REJECTED');
      }
    });

    test('an altered message, signature or key is refused', async () => {
      const { token, publicKey } = keys.get(spec)!;
      const { signature } = accepted(await hsm.sign({ token, ...signed(spec, messageType) }));
      const genuine = { publicKey, signature, ...signed(spec, messageType) };
      const refuses = async (change: object) =>
        expect(refusal(await hsm.verify({ ...genuine, ...change }))).toBe('SIGNATURE_REJECTED');
      await refuses(signed(spec, messageType, Buffer.from('another')));
      for (let byte = 0; byte < signature.length; byte += 5) {
        const altered = signature.slice();
        altered[byte]! ^= 1;
        await refuses({ signature: altered });
      }
      // Off the curve, cut short, with bytes after it, and of every other curve.
      const offCurve = publicKey.slice();
      offCurve[offCurve.length - 1]! ^= 1;
      await refuses({ publicKey: offCurve });
      await refuses({ publicKey: publicKey.subarray(0, -1) });
      await refuses({ publicKey: Buffer.concat([publicKey, Buffer.of(0)]) });
      await refuses({ publicKey: new Uint8Array() });
      for (const other of specs.filter((one) => one !== spec)) {
        await refuses({ publicKey: keys.get(other)!.publicKey });
      }
    });

    test('tokens of other specs are refused', async () => {
      for (const other of specs.filter((one) => curves[one].algorithm !== curves[spec].algorithm)) {
        const { token } = keys.get(other)!;
        expect(refusal(await hsm.sign({ token, ...signed(spec, messageType) }))).toBe('TOKEN_REJECTED');
      }
      const { token } = keys.get(spec)!;
      for (const change of [{ sealed: new Uint8Array(48) }, { spec: 'SYMMETRIC_DEFAULT' } as const]) {
        const result = await hsm.sign({ token: { ...token, ...change }, ...signed(spec, messageType) });
        expect(refusal(result)).toBe('TOKEN_REJECTED');
      }
    });
  });

  test('a digest of another length is an error', async () => {
    const { token, publicKey } = keys.get(spec)!;
    const { algorithm } = curves[spec];
    const command = { algorithm, messageType: 'DIGEST', message: new Uint8Array(20) } as const;
    await expect(hsm.sign({ token, ...command })).rejects.toThrow(RangeError);
    await expect(hsm.verify({ publicKey, signature: new Uint8Array(), ...command })).rejects.toThrow(
      RangeError,
    );
    const mu = { ...command, messageType: 'EXTERNAL_MU', message: new Uint8Array(64) } as const;
    await expect(hsm.sign({ token, ...mu })).rejects.toThrow(RangeError);
  });

  test("the sealed key is Node's too", () => {
    const { token, publicKey } = keys.get(spec)!;
    if (spec === 'ECC_SECG_P256K1') return;
    const key = createPrivateKey({ key: openToken(token, domainKey), format: 'der', type: 'pkcs8' });
    const theirs = nodeSign(hash, message, key);
    expect(nodeVerify(hash, message, nodeKey(publicKey), theirs)).toBe(true);
  });
});

describe.each(rfc6979.cases)('RFC 6979, $spec', ({ spec, publicKey, r, s, privateKey }) => {
  const point = spkiOfPoint(algorithmIdentifiers[spec as Curve], publicKey);
  const sample = Buffer.from('sample');

  test.each(messageTypes)('verifies, %s', async (messageType) => {
    const signature = der(octets(BigInt(`0x${r}`)), octets(BigInt(`0x${s}`)));
    accepted(
      await hsm.verify({ publicKey: point, signature, ...signed(spec as Curve, messageType, sample) }),
    );
  });

  test.each(messageTypes)('its private key signs for its public key, %s', async (messageType) => {
    const { x, y } = nodeKey(point).export({ format: 'jwk' });
    const d = Buffer.from(privateKey, 'hex').toString('base64url');
    const jwk = { kty: 'EC', crv: curves[spec as Curve].name, x: x!, y: y!, d };
    const pkcs8 = createPrivateKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'pkcs8' });
    const token = craftToken(spec as Curve, pkcs8);
    const input = signed(spec as Curve, messageType, sample);
    const { signature } = accepted(await hsm.sign({ token, ...input }));
    accepted(await hsm.verify({ publicKey: point, signature, ...input }));
  });
});

describe.each(wycheproof.groups)('Wycheproof, secp256k1', ({ publicKeyDer, tests }) => {
  describe.each(tests)('$tcId $comment', ({ msg, sig, result }) => {
    test.each(messageTypes)('%s', async (messageType) => {
      const input = signed('ECC_SECG_P256K1', messageType, fromHex(msg));
      const verified = await hsm.verify({
        publicKey: fromHex(publicKeyDer),
        signature: fromHex(sig),
        ...input,
      });
      expect(verified.ok).toBe(result === 'valid');
    });
  });
});

test('RSA keys and ECDSA do not mix', async () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const { token, publicKey: point } = keys.get('ECC_NIST_P256')!;
  const { signature } = accepted(await hsm.sign({ token, ...signed('ECC_NIST_P256', 'RAW') }));
  const asRsa = { ...signed('ECC_NIST_P256', 'RAW'), algorithm: 'RSASSA_PSS_SHA_256' } as const;
  expect(refusal(await hsm.verify({ publicKey: point, signature, ...asRsa }))).toBe('SIGNATURE_REJECTED');
  const underRsa = { publicKey: spki, signature, ...signed('ECC_NIST_P256', 'RAW') };
  expect(refusal(await hsm.verify(underRsa))).toBe('SIGNATURE_REJECTED');
  expect(refusal(await hsm.sign({ token, ...asRsa }))).toBe('TOKEN_REJECTED');
});
