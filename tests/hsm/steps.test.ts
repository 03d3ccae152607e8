import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeAll, expect, test } from 'vitest';
import type { BackingKeySpec, ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import type { Step } from '../../src/engine/trace/trace.ts';
import { accepted, ciphers, keyArn, newRsaKey, newToken, openTestHsm, untilSameModule } from './support.ts';

/** What the module tells the glass: the steps really done, in order, and no word more than was asked for. */

const watched = true;
const plaintext = Buffer.from('attack at dawn');

let hsm: Hsm;
let token: ExportedKeyToken;

beforeAll(async () => {
  hsm = await openTestHsm();
  token = await newToken(hsm);
});

function titles({ steps }: { steps: Step[] }): string[] {
  for (const { station, outcome, title } of steps) {
    expect(station).toBe('hsm');
    expect(outcome === 'refused').toBe(title === steps.at(-1)!.title && /not|no /.test(title));
    expect(title).toMatch(/^[A-Z].*\.$/);
  }
  return steps.map(({ title }) => title);
}

function field({ steps }: { steps: Step[] }, name: string): unknown {
  return steps.flatMap(({ fields }) => fields).find((one) => one.name === name)?.value;
}

test('a command that nobody watches describes nothing', async () => {
  expect(accepted(await hsm.encrypt({ ...ciphers, token, plaintext })).steps).toEqual([]);
});

test('making a key', async () => {
  const made = await hsm.generateBackingKey({ keyArn, spec: 'SYMMETRIC_DEFAULT', watched });
  expect(titles(made)).toEqual([
    'The module makes a backing key.',
    'The domain key seals the backing key into a token.',
  ]);
  const { sealed } = accepted(made).token;
  expect(field(made, 'Exported key token')).toBe(`…${bytesToHex(sealed.slice(-8))} (${sealed.length} bytes)`);
});

test('encrypting opens the token the first time, and says that it need not the second', async () => {
  const fresh = await newToken(hsm);
  const command = { ...ciphers, token: fresh, context: { b: '2', a: '1' }, plaintext, watched };
  const rest = [
    'A key for this call alone is derived from the backing key.',
    'AES-256-GCM seals the plaintext.',
    'The per-call key is forgotten.',
  ];
  const first = accepted(await hsm.encrypt(command));
  expect(titles(first)).toEqual(['The domain key opens the exported key token.', ...rest]);
  const second = accepted(await untilSameModule(() => hsm.encrypt(command)));
  expect(titles(second)).toEqual(['The backing key is in module memory already.', ...rest]);

  expect(field(second, 'Encryption context')).toBe('{"a":"1","b":"2"}');
  expect(Buffer.from(field(second, 'AAD') as Uint8Array).toString()).toMatch(/\{"a":"1","b":"2"\}$/);
  expect(field(second, 'Plaintext length')).toBe(plaintext.length);
  expect(field(second, 'Ciphertext blob')).toEqual(second.ciphertext);
  expect(field(second, 'Tag')).toEqual(second.ciphertext.slice(-16));
  expect(field(second, 'Label')).toBe('GlassKMS per-call key');
});

test('decrypting', async () => {
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const opened = await untilSameModule(() => hsm.decrypt({ ...ciphers, token, ciphertext, watched }));
  expect(titles(opened)).toEqual([
    'The ciphertext blob is taken apart.',
    'The backing key is in module memory already.',
    'A key for this call alone is derived from the backing key.',
    'The tag matches and AES-256-GCM opens the ciphertext.',
    'The per-call key is forgotten.',
  ]);
  expect(field(opened, 'Key material id')).toBe(token.materialId);
});

test('each wall is the last step', async () => {
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token, plaintext }));
  const decrypt = async (change: object) =>
    titles(await hsm.decrypt({ ...ciphers, token, ciphertext, watched, ...change })).at(-1);
  expect(await decrypt({ context: { a: 'b' } })).toBe('The ciphertext does not authenticate.');
  expect(await decrypt({ ciphertext: new Uint8Array(184) })).toBe(
    'The bytes are no ciphertext blob of this backing key.',
  );
  expect(await decrypt({ token: await newToken(hsm) })).toBe(
    'The bytes are no ciphertext blob of this backing key.',
  );
  expect(await decrypt({ token: { ...token, sealed: new Uint8Array(48) } })).toBe(
    'The exported key token does not open.',
  );
});

test('data keys, random bytes and re-encryption', async () => {
  const command = { token, context: {}, length: 32, withPlaintext: true, watched };
  const made = accepted(await hsm.generateDataKey(command));
  expect(titles(made)[0]).toBe('The module draws a data key.');
  expect(titles(made)).toContain('AES-256-GCM seals the plaintext.');
  expect(titles(await hsm.generateRandom({ length: 8, watched }))).toEqual([
    'The module draws random bytes.',
  ]);

  const side = { ...ciphers, token };
  const source = { ...side, ciphertext: made.ciphertext };
  const moved = titles(await hsm.reEncrypt({ source, destination: side, watched }));
  expect(moved.indexOf('The tag matches and AES-256-GCM opens the ciphertext.')).toBe(3);
  expect(moved.indexOf('AES-256-GCM seals the plaintext.')).toBe(7);
});

test('RSA', async () => {
  const rsa = await newRsaKey(hsm);
  const oaep = { ...rsa, algorithm: 'RSAES_OAEP_SHA_256', context: {}, watched } as const;
  const encrypted = accepted(await hsm.encrypt({ ...oaep, plaintext }));
  expect(titles(encrypted)).toEqual([
    'The domain key opens the exported key token.',
    'RSA-OAEP encrypts the plaintext under the public key.',
  ]);
  const { ciphertext } = encrypted;
  expect(titles(await untilSameModule(() => hsm.decrypt({ ...oaep, ciphertext })))).toEqual([
    'The backing key is in module memory already.',
    'RSA-OAEP opens the ciphertext with the private key.',
  ]);
  expect(titles(await hsm.decrypt({ ...oaep, ciphertext: new Uint8Array(256) })).at(-1)).toBe(
    'The ciphertext does not open.',
  );
  const { publicKey } = await newRsaKey(hsm);
  expect(titles(await hsm.encrypt({ ...oaep, publicKey, plaintext })).at(-1)).toBe(
    'The public key is not that of the token.',
  );
});

test('signatures', async () => {
  const rsa = await newRsaKey(hsm);
  const raw = { algorithm: 'RSASSA_PSS_SHA_256', message: plaintext, messageType: 'RAW', watched } as const;
  const signed = accepted(await hsm.sign({ ...rsa, ...raw }));
  expect(titles(signed)).toEqual(['The domain key opens the exported key token.', 'The private key signs.']);

  const digest = { ...raw, message: new Uint8Array(32), messageType: 'DIGEST' } as const;
  expect(titles(await hsm.sign({ ...rsa, ...digest }))).toEqual([
    'The domain key opens the exported key token.',
    'The private key signs.',
    'The key, lent for this call, is forgotten.',
  ]);

  const { signature } = signed;
  expect(titles(await hsm.verify({ ...rsa, ...raw, signature }))).toEqual(['The signature matches.']);
  expect(titles(await hsm.verify({ ...rsa, ...digest, signature }))).toEqual([
    'The signature does not match.',
  ]);
});

async function newKey(spec: BackingKeySpec) {
  const { token: sealed, publicKey } = accepted(await hsm.generateBackingKey({ keyArn, spec }));
  return { token: sealed, publicKey: publicKey ?? new Uint8Array() };
}

const opened = 'The domain key opens the exported key token.';
const remembered = 'The backing key is in module memory already.';
const forgotten = 'The key, lent for this call, is forgotten.';

test('MACs', async () => {
  const { token: sealed } = await newKey('HMAC_224');
  const command = { token: sealed, algorithm: 'HMAC_SHA_224', message: plaintext, watched } as const;
  const made = accepted(await hsm.generateMac(command));
  expect(titles(made)).toEqual([opened, 'HMAC makes a code of the message.', forgotten]);
  expect(field(made, 'MAC')).toEqual(made.mac);
  expect(titles(await hsm.verifyMac({ ...command, mac: made.mac })).at(-1)).toBe('The MAC matches.');
  const wrong = await hsm.verifyMac({ ...command, mac: new Uint8Array(28) });
  expect(titles(wrong).at(-1)).toBe('The MAC does not match.');
  // The right code is not shown to who has a wrong one.
  expect(field(wrong, 'MAC')).toEqual(new Uint8Array(28));
  expect(field(wrong, 'MAC length')).toBe(28);
});

test('key agreement', async () => {
  const [ours, theirs] = [await newKey('ECC_NIST_P384'), await newKey('ECC_NIST_P384')];
  const command = { token: ours.token, publicKey: theirs.publicKey, watched };
  const agreed = await hsm.deriveSharedSecret(command);
  expect(titles(agreed)).toEqual([
    opened,
    "The private key and the other side's public key make a shared secret.",
  ]);
  expect(field(agreed, 'Shared secret length')).toBe(48);
  const refused = await untilSameModule(() =>
    hsm.deriveSharedSecret({ ...command, publicKey: new Uint8Array(9) }),
  );
  expect(titles(refused)).toEqual([
    remembered,
    "The other side's public key is no point on the curve of the key.",
  ]);
  const wrongKind = { ...command, token: (await newKey('HMAC_256')).token };
  expect(titles(await hsm.deriveSharedSecret(wrongKind))).toEqual(['The exported key token does not open.']);
});

test('key encapsulation', async () => {
  const kem = { ...(await newKey('ML_KEM_768')), watched };
  const made = accepted(await hsm.encapsulate(kem));
  expect(titles(made)).toEqual([
    opened,
    'ML-KEM makes a shared secret and encapsulates it under the public key.',
  ]);
  const { ciphertext } = made;
  expect(titles(await hsm.decapsulate({ ...kem, ciphertext }))).toEqual([
    opened,
    'ML-KEM decapsulates the ciphertext with the private key.',
    forgotten,
  ]);
  expect(titles(await hsm.decapsulate({ ...kem, ciphertext: new Uint8Array(9) }))).toEqual([
    'The ciphertext does not open.',
  ]);
  const foreign = { ...kem, publicKey: new Uint8Array(9) };
  expect(titles(await hsm.encapsulate(foreign)).at(-1)).toBe('The public key is not that of the token.');
});

test('SM2', async () => {
  const sm2 = { ...(await newKey('SM2')), algorithm: 'SM2PKE', context: {}, watched } as const;
  const encrypted = accepted(await hsm.encrypt({ ...sm2, plaintext }));
  expect(titles(encrypted)).toEqual([opened, 'SM2 encrypts the plaintext under the public key.']);
  expect(titles(await hsm.decrypt({ ...sm2, ciphertext: encrypted.ciphertext }))).toEqual([
    opened,
    'SM2 opens the ciphertext with the private key.',
    forgotten,
  ]);
  const refused = await hsm.decrypt({ ...sm2, ciphertext: new Uint8Array(9) });
  expect(titles(refused).at(-1)).toBe('The ciphertext does not open.');
});

test('data key pairs', async () => {
  const command = { token, context: {}, pairSpec: 'ECC_NIST_P256', withPlaintext: true, watched } as const;
  const made = accepted(await hsm.generateDataKeyPair(command));
  expect(titles(made)[0]).toBe('The module makes a data key pair.');
  expect(titles(made)).toContain('AES-256-GCM seals the plaintext.');
  expect(field(made, 'Public key')).toEqual(made.publicKey);
});

test.each([
  ['ECC_NIST_P256', 'ECDSA_SHA_256', 32],
  ['ECC_NIST_EDWARDS25519', 'ED25519_PH_SHA_512', 64],
  ['SM2', 'SM2DSA', 32],
] as const)('signatures over digests, %s', async (spec, algorithm, length) => {
  const { token: sealed } = await newKey(spec);
  const command = { algorithm, messageType: 'DIGEST', message: new Uint8Array(length), watched } as const;
  const signed = await hsm.sign({ token: sealed, ...command });
  expect(titles(signed)).toEqual([opened, 'The private key signs.', forgotten]);
  expect(field(signed, 'Digest')).toEqual(new Uint8Array(length));
});

test('a message is named by its length, μ is shown', async () => {
  const { token: sealed } = await newKey('ML_DSA_44');
  const command = { token: sealed, algorithm: 'ML_DSA_SHAKE_256', watched } as const;
  const raw = await hsm.sign({ ...command, messageType: 'RAW', message: plaintext });
  expect(field(raw, 'Message length')).toBe(plaintext.length);
  const mu = new Uint8Array(64).fill(3);
  const external = await hsm.sign({ ...command, messageType: 'EXTERNAL_MU', message: mu });
  expect(field(external, 'External μ')).toEqual(mu);
});
