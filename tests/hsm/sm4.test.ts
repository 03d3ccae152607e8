import { sm4 } from 'sm-crypto-v2';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeCiphertextBlob, parseCiphertextBlob } from '../../src/engine/hsm/ciphertext-blob.ts';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { fromHex } from './crafted-token.ts';
import { accepted, ciphers, newToken, openTestHsm, refusal } from './support.ts';

/** In the Regions of China, SYMMETRIC_DEFAULT is SM4. */

const chinaArn = 'arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const context = { dept: 'IT' };
const plaintext = Buffer.from('attack at dawn');

let hsm: Hsm;
let token: ExportedKeyToken;

beforeAll(async () => {
  hsm = await openTestHsm();
  token = await newToken(hsm, 'SYMMETRIC_DEFAULT', chinaArn);
});

async function encrypt(bytes: Uint8Array = plaintext, watched = false) {
  return accepted(await hsm.encrypt({ ...ciphers, token, context, plaintext: bytes, watched }));
}

test('a blob names sm4-GCM, and is one byte shorter', async () => {
  const { ciphertext } = await encrypt(new Uint8Array(32));
  expect(ciphertext.length).toBe(183);
  const blob = parseCiphertextBlob(ciphertext)!;
  expect(blob).toMatchObject({ cipher: 'SM4-128-GCM', materialId: token.materialId });
  expect(Buffer.from(ciphertext).toString('hex')).toContain('06082a811ccf55016808');
  const parts = describeCiphertextBlob(ciphertext);
  expect(parts.find(({ name }) => name === 'Algorithm name')?.meaning).toContain('sm4-GCM');
  expect(parts.reduce((end, { offset, length }) => (offset === end ? offset + length : NaN), 0)).toBe(183);
});

test.each([1, 15, 16, 17, 4096])('%i bytes come back', async (length) => {
  const bytes = new Uint8Array(length).fill(0xa5);
  const { ciphertext } = await encrypt(bytes);
  const opened = accepted(await hsm.decrypt({ ...ciphers, token, context, ciphertext }));
  expect(opened.plaintext).toEqual(bytes);
});

test('an altered blob and another context are refused', async () => {
  const { ciphertext } = await encrypt();
  expect(refusal(await hsm.decrypt({ ...ciphers, token, ciphertext }))).toBe('CIPHERTEXT_REJECTED');
  for (let byte = 0; byte < ciphertext.length; byte++) {
    const altered = ciphertext.slice();
    altered[byte]! ^= 1;
    const result = await hsm.decrypt({ ...ciphers, token, context, ciphertext: altered });
    expect(refusal(result), `byte ${byte}`).toBe('CIPHERTEXT_REJECTED');
  }
});

test('the same key elsewhere makes AES, and neither opens the other', async () => {
  const here = await newToken(hsm);
  const { ciphertext } = accepted(await hsm.encrypt({ ...ciphers, token: here, context, plaintext }));
  expect(parseCiphertextBlob(ciphertext)?.cipher).toBe('AES-256-GCM');
  for (const [opener, blob] of [
    [token, ciphertext],
    [here, (await encrypt()).ciphertext],
  ] as const) {
    const result = await hsm.decrypt({ ...ciphers, token: opener, context, ciphertext: blob });
    expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
  }
});

test('the steps say SM4', async () => {
  const { steps } = await encrypt(plaintext, true);
  expect(steps.map(({ title }) => title)).toContain('SM4-128-GCM seals the plaintext.');
  expect(JSON.stringify(steps)).not.toContain('AES-256-GCM, not extractable');
});

describe("the library's SM4-GCM", () => {
  test('is that of RFC 8998, A.1', () => {
    const options = {
      ...({ mode: 'gcm', output: 'array', outputTag: true } as const),
      iv: fromHex('00001234567800000000abcd'),
      associatedData: fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2'),
    };
    const message =
      'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa';
    const key = fromHex('0123456789abcdeffedcba9876543210');
    const { output, tag } = sm4.encrypt(fromHex(message), key, options);
    expect(Buffer.from(output).toString('hex')).toBe(
      '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d',
    );
    expect(Buffer.from(tag!).toString('hex')).toBe('83de3541e4c2b58177e065a9bf7b62ec');
  });
});
