import { describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { sealFile } from '../../src/lib/envelope/in-memory.ts';
import { importDataKey } from '../../src/lib/envelope/stream.ts';
import { anatomyOf } from '../../src/lib/glass/pictures/ciphertext/anatomy/anatomy.ts';
import { partAt, type Anatomy, type Format } from '../../src/lib/glass/pictures/ciphertext/anatomy/parts.ts';
import { writeMessage } from '../../src/lib/glass/pictures/ciphertext/source/write-message.ts';
import { askDecrypt, askingOnce } from '../../src/lib/glass/pictures/ciphertext/trial/ask-decrypt.ts';
import { Caught } from '../../src/lib/glass/pictures/ciphertext/trial/caught.ts';
import { catchersIn, catchesByPart } from '../../src/lib/glass/pictures/ciphertext/trial/catch-map.ts';
import { flipped } from '../../src/lib/glass/pictures/ciphertext/trial/flip.ts';
import { open } from '../../src/lib/glass/pictures/ciphertext/trial/open.ts';
import { sampleBytes } from '../../src/lib/glass/pictures/ciphertext/trial/sample-bytes.ts';
import { verdictOf, type Verdict } from '../../src/lib/glass/pictures/ciphertext/trial/verdict.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { sdkMessages } from './ciphertext-messages.ts';
import { observedRequests } from './requests.ts';

/** Turns over the last bit of every so manyth byte, and tells by part's name who caught it. */
async function catches(cloud: Cloud, format: Format, bytes: Uint8Array<ArrayBuffer>, every: number) {
  const ask = askingOnce(askDecrypt(cloud, () => identity(cloud, 'Ada'), 'us-east-1'));
  const anatomy = anatomyOf(bytes, format);
  const found: Record<string, Set<string>> = {};
  for (let byte = 0; byte < bytes.length; byte += every) {
    const caught = await open(format, flipped(bytes, { byte, bit: 0 }), {}, ask).catch(
      (error: unknown) => error,
    );
    expect(caught, `byte ${byte}`).toBeInstanceOf(Caught);
    const { by, name } = caught as Caught;
    (found[partAt(anatomy, byte)?.name ?? ''] ??= new Set()).add(by === 'kms' ? name : by);
  }
  return Object.fromEntries(Object.entries(found).map(([part, by]) => [part, [...by].sort()]));
}

describe('a message of the AWS Encryption SDK', () => {
  test('opens, as it does with the SDK itself', async () => {
    const { cloud, messages, ada, decrypts } = await sdkMessages();
    const ask = askDecrypt(cloud, () => ada, 'us-east-1');
    for (const bytes of messages) {
      expect(await decrypts(bytes)).toBe(true);
      await open('encryption-sdk', bytes, {}, ask);
    }
  });

  test('that the page writes is opened by the SDK, and by the page', async () => {
    const { cloud, keyArn, ada, plaintext, decrypts } = await sdkMessages();
    for (const context of [{ b: '2', a: '1' }, {}]) {
      const generated = await kms(cloud).generateDataKey({
        ...{ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: context },
      });
      const bytes = await writeMessage({
        ...{ keyArn, context, plaintext, frameLength: 100 },
        dataKey: Uint8Array.from(generated.Plaintext!),
        encryptedDataKey: Uint8Array.from(generated.CiphertextBlob!),
      });
      expect(anatomyOf(bytes).fault).toBeUndefined();
      expect(await decrypts(bytes)).toBe(true);
      await open(
        'encryption-sdk',
        bytes,
        {},
        askDecrypt(cloud, () => ada, 'us-east-1'),
      );
    }
  });

  test('of version 2 opens with no bit turned over', async () => {
    const { cloud, committing } = await sdkMessages();
    const caught = await catches(cloud, 'encryption-sdk', committing, 3);
    expect(caught).toMatchObject({
      'Message id': ['commitment'],
      Value: ['InvalidCiphertextException'],
      'Key commitment': ['commitment'],
      'Header tag': ['header-tag'],
      Ciphertext: ['frame-tag'],
      Signature: ['signature'],
    });
  });

  test('of version 1 opens with no bit turned over', async () => {
    const { cloud, unframed } = await sdkMessages();
    const caught = await catches(cloud, 'encryption-sdk', unframed, 3);
    expect(caught).toMatchObject({
      'Message id': ['header-tag'],
      'Header tag': ['header-tag'],
      Tag: ['frame-tag'],
    });
  });
});

describe('a file envelope', () => {
  test('opens with no bit turned over', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const keyArn = (await ada.createKey({})).KeyMetadata?.Arn ?? '';
    const { Plaintext, CiphertextBlob } = await ada.generateDataKey({ KeyId: keyArn, KeySpec: 'AES_256' });
    const key = await importDataKey(Uint8Array.from(Plaintext!));
    const file = new Blob(['A short file.']);
    const encryptedDataKey = Uint8Array.from(CiphertextBlob!);
    const envelope = await sealFile(key, file, { keyArn, encryptedDataKey, encryptionContext: {} });
    const bytes = new Uint8Array(await envelope.arrayBuffer());
    await open(
      'envelope',
      bytes,
      {},
      askDecrypt(cloud, () => identity(cloud, 'Ada'), 'us-east-1'),
    );
    const caught = await catches(cloud, 'envelope', bytes, 1);
    expect(caught).toMatchObject({
      Magic: ['reader'],
      'Nonce prefix': ['chunk-tag'],
      Ciphertext: ['chunk-tag'],
      Tag: ['chunk-tag'],
    });
  });
});

describe('a ciphertext blob', () => {
  test('opens with no bit turned over, and tells which of KMS’s rooms noticed', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const { KeyMetadata } = await ada.createKey({});
    const Plaintext = new TextEncoder().encode('hello');
    const { CiphertextBlob } = await ada.encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext });
    const caught = await catches(cloud, 'kms-blob', Uint8Array.from(CiphertextBlob!), 1);
    expect(caught).toMatchObject({
      Header: ['InvalidCiphertextException'],
      'Key material id': ['AccessDeniedException'],
      Nonce: ['InvalidCiphertextException'],
      'Authentication tag': ['InvalidCiphertextException'],
    });
  });
});

test('a question is asked once, and its answer survives being wiped', async () => {
  let asked = 0;
  const ask = askingOnce(() => {
    asked += 1;
    return Promise.resolve({ plaintext: new Uint8Array([7]), keyArn: 'x', requestId: 'y' });
  });
  const question = { blob: new Uint8Array([1]), context: {} };
  (await ask(question)).plaintext.fill(0);
  expect((await ask(question)).plaintext).toEqual(new Uint8Array([7]));
  expect(asked).toBe(1);
  await ask({ ...question, context: { a: 'b' } });
  expect(asked).toBe(2);
});

describe('what to try of long bytes', () => {
  test('is some of every part, evenly, and all of short ones', () => {
    const part = (offset: number, length: number) => ({
      ...{ name: `${offset}`, meaning: '', layer: undefined, offset, length, depth: 0 },
    });
    const anatomy: Anatomy = { format: 'unknown', parts: [part(0, 3), part(3, 100), part(103, 1000)] };
    const bytes = sampleBytes(anatomy, 43);
    expect(bytes).toHaveLength(43);
    expect(bytes.slice(0, 3)).toEqual([0, 1, 2]);
    expect(bytes.filter((byte) => byte < 103)).toHaveLength(23);
    expect(new Set(bytes).size).toBe(43);
    expect(sampleBytes(anatomy, 5000)).toHaveLength(1103);
    expect(sampleBytes(anatomy, 1)).toEqual([0, 3, 103]);
  });
});

test('a map of catches counts by who caught and by part', () => {
  const verdict = (where: string): Verdict => ({
    ...{ opened: false, where, layer: 'hsm', title: '', error: { name: 'Refused', message: '' } },
  });
  const bytes = new Uint8Array([1, 0x80, 0x01, 0x78, 5]);
  const map = new Map([
    [4, verdict('later')],
    [0, verdict('first')],
    [1, verdict('first')],
  ]);
  expect(catchersIn(map).map(({ where, count, mark }) => [mark, where, count])).toEqual([
    ['A', 'first', 2],
    ['B', 'later', 1],
  ]);
  const parts = catchesByPart(anatomyOf(bytes), map);
  expect(parts.map(({ part, tried, by }) => [part.name, tried, by])).toEqual([
    ['Version', 1, [{ where: 'first', count: 1 }]],
    ['Type', 1, [{ where: 'first', count: 1 }]],
    ['Unrecognised', 1, [{ where: 'later', count: 1 }]],
  ]);
});

test('a verdict says which step of the trace refused', async () => {
  const { altered } = await observedRequests();
  const caught = new Caught('kms', 'InvalidCiphertextException', '', altered.trace.requestId);
  const verdict = verdictOf(caught, altered.trace);
  expect(verdict).toMatchObject({ opened: false, layer: 'hsm', requestId: altered.trace.requestId });
  expect(altered.trace.steps[verdict.step!]?.title).toBe(verdict.title);
  expect(verdictOf(new Caught('commitment', 'x', 'y'), undefined)).toMatchObject({ layer: 'clients' });
});
