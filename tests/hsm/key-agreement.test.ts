import { createECDH, createPrivateKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import {
  algorithmIdentifiers,
  craftToken,
  domainKey,
  fromHex,
  nodeKey,
  spkiOfPoint,
} from './crafted-token.ts';
import { accepted, keyArn, knownDomainKey, openTestHsm, openToken, refusal } from './support.ts';

const curves = {
  ECC_NIST_P256: { length: 32 },
  ECC_NIST_P384: { length: 48 },
  ECC_NIST_P521: { length: 66 },
} as const;
type Curve = keyof typeof curves;
const specs = Object.keys(curves) as Curve[];

let hsm: Hsm;
beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

async function newKey(spec: Curve | 'SM2' | 'ECC_SECG_P256K1' | 'ECC_NIST_EDWARDS25519' | 'RSA_2048') {
  const { token, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
  return { token, publicKey: publicKey! };
}

async function secretOf(token: ExportedKeyToken, publicKey: Uint8Array): Promise<Buffer> {
  return Buffer.from(accepted(await hsm.deriveSharedSecret({ token, publicKey })).sharedSecret!);
}

describe.each(specs)('%s', (spec) => {
  const { length } = curves[spec];

  test('both sides, and Node, find the same secret', async () => {
    for (let round = 0; round < 8; round++) {
      const [ours, theirs] = [await newKey(spec), await newKey(spec)];
      const secret = await secretOf(ours.token, theirs.publicKey);
      expect(secret.length).toBe(length);
      expect(await secretOf(theirs.token, ours.publicKey)).toEqual(secret);
      const key = { key: openToken(ours.token, domainKey), format: 'der', type: 'pkcs8' } as const;
      const privateKey = createPrivateKey(key);
      const nodes = diffieHellman({ privateKey, publicKey: nodeKey(theirs.publicKey) });
      expect(secret).toEqual(nodes);
    }
  });

  test('what is no point of the curve is refused', async () => {
    const { token, publicKey } = await newKey(spec);
    const refuses = async (wrong: Uint8Array) =>
      expect(refusal(await hsm.deriveSharedSecret({ token, publicKey: wrong }))).toBe('PUBLIC_KEY_REJECTED');
    const changed = (index: number, change: number) => {
      const copy = publicKey.slice();
      copy[copy.length + index]! ^= change;
      return copy;
    };
    await refuses(changed(-1, 1));
    await refuses(changed(-2 * length, 0x80));
    await refuses(new Uint8Array());
    await refuses(publicKey.subarray(0, -1));
    await refuses(Buffer.concat([publicKey, Buffer.of(0)]));
    await refuses(new Uint8Array(8192).fill(0x30));
    const header = publicKey.slice(0, -2 * length - 1);
    // (0, 0), coordinates not below p, and the point at infinity in full width.
    await refuses(Buffer.concat([header, Buffer.of(4), Buffer.alloc(2 * length)]));
    await refuses(Buffer.concat([header, Buffer.of(4), Buffer.alloc(2 * length, 0xff)]));
    await refuses(Buffer.concat([header, Buffer.of(0), Buffer.alloc(2 * length)]));
    for (const other of [
      ...specs.filter((one) => one !== spec),
      'SM2',
      'ECC_SECG_P256K1',
      'RSA_2048',
    ] as const) {
      await refuses((await newKey(other)).publicKey);
    }
    const { publicKey: ed } = generateKeyPairSync('x25519');
    await refuses(ed.export({ format: 'der', type: 'spki' }));
  });

  test('a point under another curve’s name is refused', async () => {
    const { token } = await newKey(spec);
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-65);
    const disguised = spkiOfPoint(algorithmIdentifiers[spec], point.toString('hex'));
    expect(refusal(await hsm.deriveSharedSecret({ token, publicKey: disguised }))).toBe(
      'PUBLIC_KEY_REJECTED',
    );
  });

  test('tokens that do not open, or of kinds that do not agree, are refused', async () => {
    const { token, publicKey } = await newKey(spec);
    const others = specs.filter((one) => one !== spec);
    const altered = [
      { ...token, sealed: new Uint8Array(64) },
      ...others.map((other) => ({ ...token, spec: other })),
      (await newKey('ECC_SECG_P256K1')).token,
      (await newKey('ECC_NIST_EDWARDS25519')).token,
      (await newKey('RSA_2048')).token,
    ];
    for (const wrong of altered) {
      const result = await hsm.deriveSharedSecret({ token: wrong, publicKey });
      expect(refusal(result)).toBe('TOKEN_REJECTED');
    }
  });
});

test('RFC 5903, §8.1, P-256', async () => {
  const i = 'c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433';
  const gr =
    'd12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf6356fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab';
  const gir = 'd6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de';
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(i, 'hex');
  const gi = ecdh.getPublicKey('hex');
  // ECPrivateKey in PKCS #8 (RFC 5915, RFC 5958).
  const pkcs8 = fromHex(
    `308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420${i}a144034200${gi}`,
  );
  const token = craftToken('ECC_NIST_P256', pkcs8);
  const publicKey = spkiOfPoint(algorithmIdentifiers.ECC_NIST_P256, `04${gr}`);
  expect((await secretOf(token, publicKey)).toString('hex')).toBe(gir);
});
