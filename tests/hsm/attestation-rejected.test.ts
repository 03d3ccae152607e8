import { encode, Tagged } from 'cborg';
import fc from 'fast-check';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Extension, type Certificate } from 'pkijs';
import { describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { pooledRsaKey } from '../../src/engine/hsm/material/rsa-pool.ts';
import {
  attested,
  forge,
  imageDigest,
  minute,
  openHsmWithRoot,
  recipientSpki,
  spkiOf,
  type Forgery,
} from './attestation-support.ts';
import { accepted, openTestHsm, refusal, startTime } from './support.ts';

const hsm = await openTestHsm();
const { document: genuine, rootCertificate } = await attested(hsm);
const { hsm: known, root } = await openHsmWithRoot();

async function verdict(document: Uint8Array, now = startTime) {
  const result = await known.readAttestation({ document, now, watched: true });
  return result.ok ? 'good' : { refusal: result.refusal, reason: result.steps[0]!.fields[1]!.value };
}

const rejected = (reason: string) => ({ refusal: 'ATTESTATION_REJECTED', reason });

test('what the test makes is good, as long as nothing is wrong with it', async () => {
  expect(await verdict(await forge(root))).toBe('good');
});

describe('a document that somebody has changed', () => {
  test('is rejected, wherever it was', async () => {
    for (let offset = 0; offset < genuine.length; offset += 29) {
      const altered = genuine.slice();
      altered[offset]! ^= 1 << (offset % 8);
      const result = await hsm.readAttestation({ document: altered, now: startTime });
      expect(result.ok, `byte ${offset}`).toBe(false);
    }
  });

  test('is rejected when a register says something else', async () => {
    const altered = Buffer.from(genuine);
    const offset = altered.indexOf(Buffer.from(imageDigest, 'hex'));
    altered.fill(0, offset, offset + 48);
    const result = await hsm.readAttestation({ document: altered, now: startTime, watched: true });
    expect(refusal(result)).toBe('ATTESTATION_REJECTED');
    expect(result.steps[0]!.fields[1]!.value).toBe('Its signature is not that of its certificate.');
  });

  test('is rejected when it is cut short or goes on', async () => {
    for (const length of [0, 1, 100, genuine.length - 1]) {
      const result = await hsm.readAttestation({ document: genuine.slice(0, length), now: startTime });
      expect(refusal(result)).toBe('ATTESTATION_REJECTED');
    }
    const longer = Buffer.concat([genuine, Buffer.of(0)]);
    expect(refusal(await hsm.readAttestation({ document: longer, now: startTime }))).toBe(
      'ATTESTATION_REJECTED',
    );
  });
});

describe('a chain of certificates', () => {
  const notFromRoot = 'Its chain of certificates does not begin with the root of this cloud.';
  const notSigned = 'A certificate of its chain is not signed by the one before it.';
  const time = 'A certificate of its chain has expired, or is not valid yet.';
  const authority = { ca: true } as const;

  test('must begin with this cloud’s root, and no other cloud’s', async () => {
    expect(await verdict(genuine)).toEqual(rejected(notFromRoot));
    const { root: other } = await openHsmWithRoot();
    expect(await verdict(await forge(other))).toEqual(rejected(notFromRoot));
    const pretended = { ...other, certificate: root.certificate };
    expect(await verdict(await forge(pretended))).toEqual(rejected(notSigned));
    expect(rootCertificate).not.toEqual(root.certificate);
  });

  test.each<[string, Forgery, string]>([
    ['an expired signer', { signer: { validity: until(startTime - 1000) } }, time],
    ['a signer that is not valid yet', { signer: { validity: from(startTime + 1000) } }, time],
    ['an expired authority', { authorities: [{ role: authority, validity: until(startTime - 1000) }] }, time],
    [
      'an authority that must not certify',
      { authorities: [{ role: { ca: false } }] },
      'A certificate of its chain must not certify others.',
    ],
    [
      'more authorities than one allows',
      { authorities: [{ role: { ca: true, pathLength: 0 } }, { role: authority }] },
      'Its chain of certificates is longer than one of them allows.',
    ],
    [
      'a signer that is an authority',
      { signer: { role: authority } },
      'Its certificate is not one to sign documents with.',
    ],
    [
      'a signer that names another issuer',
      { issuerName: 'somebody' },
      'A certificate of its chain names another issuer than the one before it.',
    ],
    [
      'a signer with a key on another curve',
      { signer: { namedCurve: 'P-256' }, parts: (parts) => (parts[3] = new Uint8Array(96)) },
      'The key of its certificate is not on the curve P-384.',
    ],
    [
      'something critical that is not understood',
      { signer: { edit: ({ extensions }) => extensions!.push(unknownExtension(true)) } },
      'A certificate of its chain has an unknown critical extension.',
    ],
    [
      'a signer that is meant for nothing',
      { signer: { edit: (certificate) => (certificate.extensions = []) } },
      'Its certificate is not one to sign documents with.',
    ],
    ['a signature with another hash', { signer: { hash: 'SHA-256' } }, notSigned],
    [
      'another signer’s certificate',
      { members: (members) => members.set('certificate', root.certificate) },
      notSigned,
    ],
    [
      'the root in the place of the signer',
      {
        authorities: [],
        members: (members) => members.set('certificate', root.certificate),
      },
      'Its certificate is not one to sign documents with.',
    ],
    [
      'a certificate that is none',
      { members: (members) => members.set('certificate', Uint8Array.of(0x30, 0x80)) },
      'A certificate of its chain cannot be read.',
    ],
    ['no root', { members: (members) => (members.get('cabundle') as unknown[]).shift() }, notFromRoot],
  ])('must not have %s', async (_what, forgery, reason) => {
    expect(await verdict(await forge(root, forgery))).toEqual(rejected(reason));
  });

  test('may have as many authorities as each allows', async () => {
    const authorities = [{ role: { ca: true, pathLength: 1 } as const }, { role: authority }];
    expect(await verdict(await forge(root, { authorities }))).toBe('good');
    expect(await verdict(await forge(root, { authorities: [] }))).toBe('good');
  });

  test('may have what is not understood and not critical', async () => {
    const signer = { edit: ({ extensions }: Certificate) => extensions!.push(unknownExtension(false)) };
    expect(await verdict(await forge(root, { signer }))).toBe('good');
  });

  test('ends with its root', async () => {
    const { hsm: past, root: expired } = await openHsmWithRoot(until(startTime - 1000));
    const document = await forge(expired);
    expect(refusal(await past.readAttestation({ document, now: startTime }))).toBe('ATTESTATION_REJECTED');
  });

  test('is valid through its last second', async () => {
    const document = await forge(root, { signer: { validity: until(startTime) } });
    expect(await verdict(document, startTime + 999)).toBe('good');
    expect(await verdict(document, startTime + 1000)).toEqual(rejected(time));
  });
});

describe('a message', () => {
  const header = 'Its protected header is not the algorithm ES384 alone.';
  const none = 'It is no COSE_Sign1 message.';

  test.each<[string, Forgery, string]>([
    ['must not say that it is ES256', { header: new Map([[1, -7]]) }, header],
    ['must say which algorithm it has', { header: new Map() }, header],
    [
      'must say nothing more',
      {
        header: new Map<number, unknown>([
          [1, -35],
          [4, 'key'],
        ]),
      },
      header,
    ],
    [
      'must say nothing unprotected',
      { unprotected: new Map([[1, -35]]) },
      'Its unprotected header is not empty.',
    ],
    ['must be signed with SHA-384', { hash: 'SHA-256' }, 'Its signature is not that of its certificate.'],
    [
      'must have the signature in the form of COSE',
      { parts: (parts) => (parts[3] = new Uint8Array(104)) },
      'Its signature has not 96 bytes.',
    ],
    ['must have its payload inside', { parts: (parts) => (parts[2] = null) }, 'It has no payload.'],
    ['must have four parts', { parts: (parts) => parts.push(0) }, none],
  ])('%s', async (_what, forgery, reason) => {
    expect(await verdict(await forge(root, forgery))).toEqual(rejected(reason));
  });

  test.each<[string, Uint8Array]>([
    ['of another COSE structure', encode(new Tagged(98, []))],
    ['that is a map', encode(new Map())],
    ['with a length that it has not', Buffer.from('9b001fffffffffffff', 'hex')],
    ['with a string that it has not', Buffer.from('5b001fffffffffffff', 'hex')],
    ['without end', Buffer.from('9f', 'hex')],
    ['nested to the limit of its size', Buffer.alloc(262_144, 0x81)],
    ['of tags alone', Buffer.alloc(262_144, 0xd2)],
    [
      'wide to the limit of its size',
      Buffer.concat([Buffer.from('9a0003fffb', 'hex'), Buffer.alloc(262_139)]),
    ],
  ])('%s is none', async (_what, document) => {
    expect(await verdict(document)).toEqual(rejected(none));
  });

  test('has at most 262144 bytes', async () => {
    expect(await verdict(new Uint8Array(262_145))).toEqual(rejected('It is too long.'));
  });
});

describe('a payload', () => {
  const unfit = 'Its payload is not what an attestation document has to be.';
  const set = (name: string, value: unknown): Forgery => ({ members: (members) => members.set(name, value) });
  const without = (name: string): Forgery => ({ members: (members) => members.delete(name) });
  const register = Buffer.from(imageDigest, 'hex');

  test.each<[string, Forgery]>([
    ...['module_id', 'digest', 'timestamp', 'pcrs', 'certificate', 'cabundle', 'public_key'].flatMap(
      (name): [string, Forgery][] => [
        [`without ${name}`, without(name)],
        [`with ${name} null`, set(name, null)],
        [`with ${name} of another type`, set(name, [true])],
      ],
    ),
    ['with an empty module id', set('module_id', '')],
    ['with another digest', set('digest', 'SHA256')],
    ['from before all time', set('timestamp', 0)],
    ['with a timestamp between milliseconds', set('timestamp', startTime + 0.5)],
    ['without registers', set('pcrs', new Map())],
    ['with register 32', set('pcrs', new Map([[32, register]]))],
    ['with a negative register', set('pcrs', new Map([[-1, register]]))],
    ['with a named register', set('pcrs', new Map([['0', register]]))],
    ['with a register as text', set('pcrs', new Map([[0, imageDigest]]))],
    ['with a register of SHA-1', set('pcrs', new Map([[0, register.subarray(20)]]))],
    ['of both kinds', set('nitrotpm_pcrs', new Map([[0, register]]))],
    ['with an empty chain', set('cabundle', [])],
    ['with a long certificate in its chain', set('cabundle', [new Uint8Array(1025)])],
    ['with a long key', set('public_key', new Uint8Array(1025))],
    ['with a long nonce', set('nonce', new Uint8Array(1025))],
    ['with a member more', set('__proto__', 1)],
  ])('%s is rejected', async (_what, forgery) => {
    expect(await verdict(await forge(root, forgery))).toEqual(rejected(unfit));
  });

  test('may have what is not asked for here, or null in its place', async () => {
    const members = (map: Map<string, unknown>) =>
      map.set('nonce', null).set('user_data', new Uint8Array(512));
    expect(await verdict(await forge(root, { members }))).toBe('good');
  });

  test('has no member twice', async () => {
    const members = (map: Map<string, unknown>) => map.set('xigest', 'SHA384');
    const document = Buffer.from(await forge(root, { members }));
    document.write('digest', document.indexOf('xigest'));
    expect(await verdict(document)).toEqual(rejected('Its payload is no CBOR map of named members.'));
  });

  test('is of five minutes before or after now', async () => {
    for (const [offset, result] of [
      [-5 * minute, 'good'],
      [5 * minute, 'good'],
      [-5 * minute - 1, rejected('It is not of the last five minutes.')],
      [5 * minute + 1, rejected('It is not of the last five minutes.')],
    ] as const) {
      expect(await verdict(await forge(root, set('timestamp', startTime + offset)))).toEqual(result);
    }
  });
});

describe('a public key', () => {
  const withKey = (key: Uint8Array): Forgery => ({ members: (members) => members.set('public_key', key) });

  test('is RSA of 2048 bits or more', async () => {
    const pooled = Buffer.from(pooledRsaKey('RSA_4096', systemRandomness));
    const large = createPublicKey(createPrivateKey({ key: pooled, format: 'der', type: 'pkcs8' }));
    expect(await verdict(await forge(root, withKey(spkiOf(large))))).toBe('good');
    const { publicKey: small } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(await verdict(await forge(root, withKey(spkiOf(small))))).toEqual(
      rejected('Its public key is RSA of 1024 bits, fewer than 2048.'),
    );
    const { publicKey: curved } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const bare = new Uint8Array(
      generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'pkcs1', format: 'der' }),
    );
    for (const other of [spkiOf(curved), bare, Uint8Array.of(1)]) {
      expect(await verdict(await forge(root, withKey(other)))).toEqual(
        rejected('Its public key is no RSA key that one can encrypt with.'),
      );
    }
  });
});

describe('whatever comes', () => {
  const document = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    // The genuine one with some bytes overwritten, cut out or put in.
    fc
      .array(fc.tuple(fc.nat(genuine.length), fc.nat(4), fc.uint8Array({ maxLength: 4 })), { maxLength: 4 })
      .map((edits) => {
        let edited = Buffer.from(genuine);
        for (const [offset, removed, added] of edits) {
          edited = Buffer.concat([edited.subarray(0, offset), added, edited.subarray(offset + removed)]);
        }
        return new Uint8Array(edited);
      }),
    // Well-formed CBOR in the form of a message.
    fc
      .array(fc.oneof(fc.uint8Array(), fc.constant({}), fc.integer(), fc.string()))
      .map((parts) => encode(parts)),
  );

  test('is accepted only as it was made, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (bytes) => {
        const result = await hsm.readAttestation({ document: bytes, now: startTime });
        if (Buffer.from(bytes).equals(genuine)) accepted(result);
        else expect(refusal(result)).toBe('ATTESTATION_REJECTED');
      }),
      { numRuns: 500 },
    );
  });

  test('never throws, even if it is signed', async () => {
    const value = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 3 }),
      fc.integer(),
      fc.string(),
      fc.double(),
      fc.constant(recipientSpki),
    );
    const names = ['module_id', 'digest', 'pcrs', 'certificate', 'cabundle', 'public_key', 'nonce'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), value, async (name, forged) => {
        const bytes = await forge(root, { members: (members) => members.set(name, forged) });
        const { ok } = await known.readAttestation({ document: bytes, now: startTime });
        expect(typeof ok).toBe('boolean');
      }),
      { numRuns: 100 },
    );
  });
});

function unknownExtension(critical: boolean): Extension {
  return new Extension({ extnID: '1.2.3.4', critical, extnValue: Uint8Array.of(5, 0).buffer });
}

function until(to: number) {
  return { from: startTime - 60 * minute, to };
}

function from(start: number) {
  return { from: start, to: start + 60 * minute };
}
