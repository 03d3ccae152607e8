import { execFileSync } from 'node:child_process';
import {
  constants,
  createHash,
  createPublicKey,
  privateEncrypt,
  randomBytes,
  sign as nodeSign,
  verify as nodeVerify,
} from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm, SigningAlgorithm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import wycheproof from '../vectors/rsa-signatures-wycheproof.json' with { type: 'json' };
import {
  accepted,
  hasOpenssl,
  knownDomainKey,
  newRsaKey,
  openTestHsm,
  openToken,
  refusal,
} from './support.ts';

const domainKey = new Uint8Array(32).fill(7);
const message = Buffer.from('The quick brown fox');
const messageTypes = ['RAW', 'DIGEST'] as const;

const algorithms = [
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
] as const;

let hsm: Hsm;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
});

function hashOf(algorithm: SigningAlgorithm): string {
  return `sha${algorithm.slice(-3)}`;
}

/** Padding as Node names it; the salt must have exactly the hash's length. */
function padding(algorithm: SigningAlgorithm) {
  return algorithm.startsWith('RSASSA_PSS')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(algorithm.slice(-3)) / 8 }
    : { padding: constants.RSA_PKCS1_PADDING };
}

function signed(messageType: 'RAW' | 'DIGEST', algorithm: SigningAlgorithm, text: Uint8Array = message) {
  const digest = createHash(hashOf(algorithm)).update(text).digest();
  return { algorithm, messageType, message: messageType === 'RAW' ? text : digest };
}

describe.each(['RSA_2048', 'RSA_3072', 'RSA_4096'] as const)('%s', (spec) => {
  let token: ExportedKeyToken;
  let publicKey: Uint8Array;
  const nodePublicKey = () => createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const nodePrivateKey = () => ({ key: openToken(token, domainKey), format: 'der', type: 'pkcs8' }) as const;

  beforeAll(async () => {
    ({ token, publicKey } = await newRsaKey(hsm, spec));
  });

  describe.each(algorithms)('%s', (algorithm) => {
    test.each(messageTypes)('Node verifies what the module signs, %s', async (messageType) => {
      const command = { token, ...signed(messageType, algorithm) };
      const { signature } = accepted(await hsm.sign(command));
      expect(signature.length).toBe(Number(spec.slice(4)) / 8);
      const key = { key: nodePublicKey(), ...padding(algorithm) };
      expect(nodeVerify(hashOf(algorithm), message, key, signature)).toBe(true);
    });

    test.each(messageTypes)('the module verifies what Node signs, %s', async (messageType) => {
      const key = { ...nodePrivateKey(), ...padding(algorithm) };
      const signature = nodeSign(hashOf(algorithm), message, key);
      accepted(await hsm.verify({ publicKey, signature, ...signed(messageType, algorithm) }));
    });

    test.each(messageTypes)('nothing else verifies, %s', async (messageType) => {
      const { signature } = accepted(await hsm.sign({ token, ...signed(messageType, algorithm) }));
      const genuine = { publicKey, signature, ...signed(messageType, algorithm) };
      accepted(await hsm.verify(genuine));

      for (const byte of [0, 1, signature.length >> 1, signature.length - 1]) {
        const altered = signature.slice();
        altered[byte]! ^= 1;
        expect(refusal(await hsm.verify({ ...genuine, signature: altered }))).toBe('SIGNATURE_REJECTED');
      }
      const otherMessage = signed(messageType, algorithm, Buffer.from('another'));
      expect(refusal(await hsm.verify({ ...genuine, ...otherMessage }))).toBe('SIGNATURE_REJECTED');
      for (const other of algorithms.filter((one) => one !== algorithm)) {
        const verified = await hsm.verify({ ...genuine, ...signed(messageType, other) });
        expect(refusal(verified)).toBe('SIGNATURE_REJECTED');
      }
      for (const length of [0, signature.length - 1, signature.length + 1, 6144]) {
        const odd = new Uint8Array(length);
        odd.set(signature.subarray(0, length), 0);
        expect(refusal(await hsm.verify({ ...genuine, signature: odd }))).toBe('SIGNATURE_REJECTED');
      }
    });

    test('a digest of another length is an error', async () => {
      const command = { algorithm, messageType: 'DIGEST', message: new Uint8Array(20) } as const;
      await expect(hsm.sign({ token, ...command })).rejects.toThrow(RangeError);
      const signature = new Uint8Array(256);
      await expect(hsm.verify({ publicKey, signature, ...command })).rejects.toThrow(RangeError);
    });
  });

  test('PKCS #1 signatures are the same bytes by both ways and by Node', async () => {
    for (const algorithm of algorithms.filter((one) => one.includes('PKCS1'))) {
      const theirs = nodeSign(hashOf(algorithm), message, nodePrivateKey());
      for (const messageType of messageTypes) {
        const { signature } = accepted(await hsm.sign({ token, ...signed(messageType, algorithm) }));
        expect(Buffer.from(signature)).toEqual(theirs);
      }
    }
  });
});

test('under a public key that is none, nothing verifies', async () => {
  const command = { publicKey: new Uint8Array(9), signature: new Uint8Array(256) };
  for (const messageType of messageTypes) {
    const verified = await hsm.verify({ ...command, ...signed(messageType, 'RSASSA_PSS_SHA_256') });
    expect(refusal(verified)).toBe('SIGNATURE_REJECTED');
  }
});

test('PSS signatures are salted', async () => {
  const { token } = await newRsaKey(hsm);
  for (const messageType of messageTypes) {
    const command = { token, ...signed(messageType, 'RSASSA_PSS_SHA_256') };
    const [first, second] = [accepted(await hsm.sign(command)), accepted(await hsm.sign(command))];
    expect(first.signature).not.toEqual(second.signature);
  }
});

test('any digest at all can be signed and verified', async () => {
  const { token, publicKey } = await newRsaKey(hsm);
  const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const choices = fc.constantFrom('RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_256');
  await fc.assert(
    fc.asyncProperty(digests, choices, async (digest, algorithm) => {
      const command = { algorithm, messageType: 'DIGEST', message: digest } as const;
      const { signature } = accepted(await hsm.sign({ token, ...command }));
      accepted(await hsm.verify({ publicKey, signature, ...command }));
    }),
    { numRuns: 20, examples: [[new Uint8Array(32), 'RSASSA_PSS_SHA_256']] },
  );
});

test.skipIf(!hasOpenssl)('openssl verifies a signature over a digest', async () => {
  const { token, publicKey } = await newRsaKey(hsm);
  const command = { token, ...signed('DIGEST', 'RSASSA_PSS_SHA_384') };
  const { signature } = accepted(await hsm.sign(command));
  const folder = mkdtempSync(join(tmpdir(), 'glass-kms-'));
  try {
    const pem = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    writeFileSync(join(folder, 'key.pem'), pem.export({ format: 'pem', type: 'spki' }));
    writeFileSync(join(folder, 'signature'), signature);
    const options = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:48'];
    const files = ['-verify', 'key.pem', '-signature', 'signature'];
    const run = { cwd: folder, input: message, encoding: 'utf8' } as const;
    expect(execFileSync('openssl', ['dgst', '-sha384', ...options, ...files], run)).toContain('Verified OK');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe.each(wycheproof.groups)('Wycheproof $algorithm', ({ algorithm, tests }) => {
  const publicKey = Buffer.from(wycheproof.publicKeyDer, 'hex');

  describe.each(tests)('$tcId $comment', ({ msg, sig, result }) => {
    test.each(messageTypes)('%s', async (messageType) => {
      const input = signed(messageType, algorithm as SigningAlgorithm, Buffer.from(msg, 'hex'));
      const verified = await hsm.verify({ publicKey, signature: Buffer.from(sig, 'hex'), ...input });
      // `acceptable` is what some libraries take for old programs' sake; the module does not.
      expect(verified.ok).toBe(result === 'valid');
    });
  });
});

interface PssMistake {
  saltLength?: number;
  trailer?: number;
  separator?: number;
  padding?: number;
  firstBit?: number;
}

describe('encodings made wrong on purpose, with the real private key', () => {
  const hash = createHash('sha256').update(message).digest();
  const info = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  const ones = (length: number) => Buffer.alloc(length, 0xff);
  const pkcs1 = (...parts: Buffer[]) => Buffer.concat(parts);
  const right = pkcs1(Buffer.of(0, 1), ones(202), Buffer.of(0), info, hash);

  let token: ExportedKeyToken;
  let publicKey: Uint8Array;

  beforeAll(async () => {
    ({ token, publicKey } = await newRsaKey(hsm));
  });

  /** 256 bytes, big-endian. */
  function modulus(): Buffer {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    return Buffer.from(key.export({ format: 'jwk' }).n!, 'base64url');
  }

  test.each(messageTypes)('a signature with the modulus added is refused, %s', async (messageType) => {
    const key = { key: openToken(token, domainKey), format: 'der', type: 'pkcs8' } as const;
    const n = BigInt(`0x${modulus().toString('hex')}`);
    let sum: string;
    // Only some signatures, of which PSS makes ever new ones, are small enough for the sum to fit.
    do {
      const genuine = nodeSign('sha256', message, { ...key, ...padding('RSASSA_PSS_SHA_256') });
      sum = (BigInt(`0x${genuine.toString('hex')}`) + n).toString(16);
    } while (sum.length > 512);
    const signature = Buffer.from(sum, 'hex');
    const verified = await hsm.verify({ publicKey, signature, ...signed(messageType, 'RSASSA_PSS_SHA_256') });
    expect(refusal(verified)).toBe('SIGNATURE_REJECTED');
  });

  async function verifies(encoded: Buffer, algorithm: SigningAlgorithm, messageType: 'RAW' | 'DIGEST') {
    expect(encoded.length).toBe(256);
    const key = { key: openToken(token, domainKey), format: 'der', type: 'pkcs8' } as const;
    const signature = privateEncrypt({ ...key, padding: constants.RSA_NO_PADDING }, encoded);
    return (await hsm.verify({ publicKey, signature, ...signed(messageType, algorithm) })).ok;
  }

  describe.each(messageTypes)('%s', (messageType) => {
    test.each<[string, boolean, Buffer]>([
      ['the right one', true, right],
      [
        'garbage after a short padding',
        false,
        pkcs1(Buffer.of(0, 1), ones(8), Buffer.of(0), info, hash, ones(194)),
      ],
      ['block type 2', false, pkcs1(Buffer.of(0, 2), ones(202), Buffer.of(0), info, hash)],
      [
        'a gap in the padding',
        false,
        pkcs1(Buffer.of(0, 1), ones(100), Buffer.of(0), ones(101), Buffer.of(0), info, hash),
      ],
      ['no end of the padding', false, pkcs1(Buffer.of(0, 1), ones(203), info, hash)],
      ['a bare hash', false, pkcs1(Buffer.of(0, 1), ones(221), Buffer.of(0), hash)],
      ['another hash', false, pkcs1(Buffer.of(0, 1), ones(202), Buffer.of(0), info, Buffer.alloc(32))],
    ])('PKCS #1: %s', async (_name, valid, encoded) => {
      expect(await verifies(encoded, 'RSASSA_PKCS1_V1_5_SHA_256', messageType)).toBe(valid);
    });

    /** EMSA-PSS-ENCODE of RFC 8017 §9.1.1, written for the test, with room for mistakes. */
    function pss(mistake: PssMistake, salt = Buffer.alloc(mistake.saltLength ?? 32, 0x33)): Buffer {
      const h = createHash('sha256').update(Buffer.alloc(8)).update(hash).update(salt).digest();
      const block = Buffer.alloc(223);
      block[block.length - salt.length - 2] = mistake.padding ?? 0;
      block[block.length - salt.length - 1] = mistake.separator ?? 1;
      salt.copy(block, block.length - salt.length);
      for (let index = 0; index < block.length; index++) {
        const counter = Buffer.alloc(4);
        counter.writeUInt32BE(index >> 5);
        block[index]! ^= createHash('sha256').update(h).update(counter).digest()[index & 31]!;
      }
      block[0] = (block[0]! & 0x7f) | (mistake.firstBit ?? 0);
      const encoded = Buffer.concat([block, h, Buffer.of(mistake.trailer ?? 0xbc)]);
      // With the first bit set it may not be below the modulus, and then it is no number to sign.
      return Buffer.compare(encoded, modulus()) < 0 ? encoded : pss(mistake, randomBytes(salt.length));
    }

    test.each<[string, boolean, PssMistake]>([
      ['the right one', true, {}],
      ['no salt', false, { saltLength: 0 }],
      ['a shorter salt', false, { saltLength: 31 }],
      ['a longer salt', false, { saltLength: 33 }],
      ['another trailer', false, { trailer: 0xcc }],
      ['another separator', false, { separator: 2 }],
      ['padding that is not zero', false, { padding: 1 }],
      ['a first bit that is not zero', false, { firstBit: 0x80 }],
    ])('PSS: %s', async (_name, valid, mistake) => {
      expect(await verifies(pss(mistake), 'RSASSA_PSS_SHA_256', messageType)).toBe(valid);
    });
  });
});
