import { beforeAll, expect, test } from 'vitest';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import type { Step } from '../../src/engine/trace/trace.ts';
import { accepted, ciphers, keyArn, newRsaKey, newToken, openTestHsm } from './support.ts';

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
  expect(field(made, 'Exported key token')).toEqual(accepted(made).token.sealed);
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
  const second = accepted(await hsm.encrypt(command));
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
  const opened = await hsm.decrypt({ ...ciphers, token, ciphertext, watched });
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
  expect(titles(await hsm.decrypt({ ...oaep, ciphertext: encrypted.ciphertext }))).toEqual([
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
    "The private key's numbers, in module memory for this call, are forgotten.",
  ]);

  const { signature } = signed;
  expect(titles(await hsm.verify({ ...rsa, ...raw, signature }))).toEqual(['The signature matches.']);
  expect(titles(await hsm.verify({ ...rsa, ...digest, signature }))).toEqual([
    'The signature does not match.',
  ]);
});
