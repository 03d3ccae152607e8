import { describe, expect, test } from 'vitest';
import { sealFile } from '../../src/lib/envelope/in-memory.ts';
import { anatomyOf, formatOf } from '../../src/lib/glass/pictures/ciphertext/anatomy/anatomy.ts';
import { leaves, type Anatomy } from '../../src/lib/glass/pictures/ciphertext/anatomy/parts.ts';
import { bytesIn } from '../../src/lib/glass/pictures/ciphertext/source/read-text.ts';
import { sdkMessages } from './ciphertext-messages.ts';

/** Every byte belongs to one leaf, in order, without gaps. */
function expectWhole(anatomy: Anatomy, length: number): void {
  let end = 0;
  for (const part of leaves(anatomy)) {
    expect(part.offset, part.name).toBe(end);
    end += part.length;
  }
  expect(end).toBe(length);
}

describe('the anatomy of a message of the AWS Encryption SDK', () => {
  test('names every byte of what the SDK makes, in both versions', async () => {
    const { committing, signedV1, unframed, messages } = await sdkMessages();
    for (const bytes of messages) {
      const anatomy = anatomyOf(bytes);
      expect(anatomy.format).toBe('encryption-sdk');
      expect(anatomy.fault).toBeUndefined();
      expectWhole(anatomy, bytes.length);
    }
    const names = (bytes: Uint8Array) => anatomyOf(bytes).parts.map(({ name }) => name);
    expect(names(committing)).toContain('Key commitment');
    expect(names(committing)).not.toContain('Header IV');
    expect(names(signedV1)).toEqual(expect.arrayContaining(['Type', 'Reserved', 'Header IV', 'Signature']));
    expect(names(signedV1)).not.toContain('Key commitment');
    expect(names(unframed)).not.toContain('Sequence number');
    expect(names(committing).filter((name) => name.startsWith('Frame '))).toEqual([
      'Frame length',
      'Frame 1',
      'Frame 2',
      'Frame 3, the final one',
    ]);
  });

  test('finds the suite, the context, the key and the blob inside', async () => {
    const { committing, keyArn } = await sdkMessages();
    const { parts } = anatomyOf(committing);
    const value = (name: string) => parts.find((part) => part.name === name)?.value;
    expect(value('Algorithm suite')).toBe('AES-256-GCM, HKDF-SHA-512, key commitment, ECDSA P-384');
    expect(value('Key ARN')).toBe(keyArn);
    const inside = parts.find((part) => part.inside)?.inside;
    expect(inside?.context).toMatchObject({ purpose: 'anatomy' });
    expect(anatomyOf(inside!.blob)).toMatchObject({ format: 'kms-blob' });
    expect(anatomyOf(inside!.blob).fault).toBeUndefined();
  });

  test('of which the end is missing says so, and names the rest', async () => {
    const { committing } = await sdkMessages();
    for (const length of [committing.length - 1, 400, 90, 40, 4]) {
      const anatomy = anatomyOf(committing.slice(0, length));
      expect(anatomy.fault, String(length)).toBeDefined();
      expectWhole(anatomy, length);
    }
  });

  test('survives a change of any of its first 700 bytes', async () => {
    const { signedV1 } = await sdkMessages();
    for (let at = 0; at < 700; at++) {
      const changed = signedV1.map((byte, index) => (index === at ? byte ^ 0xff : byte));
      expectWhole(anatomyOf(changed, 'encryption-sdk'), changed.length);
    }
  });
});

test('the anatomy of a file envelope holds its header, and the blob in it', async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const blob = bytesIn('AQICAHhub3RoaW5n')!;
  const envelope = await sealFile(key, new Blob(['0123456789'.repeat(5)]), {
    keyArn: 'arn:aws:kms:us-east-1:111122223333:key/x',
    encryptedDataKey: blob,
    encryptionContext: { a: 'b' },
    chunkSize: 16,
  });
  const bytes = new Uint8Array(await envelope.arrayBuffer());
  const anatomy = anatomyOf(bytes);
  expect(anatomy.format).toBe('envelope');
  expect(anatomy.fault).toBeUndefined();
  expectWhole(anatomy, bytes.length);
  expect(anatomy.parts.filter(({ group }) => group).map(({ name }) => name)).toEqual([
    'Chunk 1 of 4',
    'Chunk 2 of 4',
    'Chunk 3 of 4',
    'Chunk 4 of 4',
  ]);
  expect(anatomy.parts.find((part) => part.inside)?.inside?.context).toEqual({ a: 'b' });
});

test('what is nothing known is one part', () => {
  const bytes = new Uint8Array([9, 9, 9]);
  expect(formatOf(bytes)).toBe('unknown');
  expect(leaves(anatomyOf(bytes)).map(({ name }) => name)).toEqual(['Unrecognised']);
});

describe('pasted text', () => {
  test('may be hexadecimal or base64, in the forms that people have', () => {
    const bytes = new Uint8Array([1, 2, 254, 255]);
    for (const text of [
      '0102feff',
      '01 02 FE FF\n',
      '0x0102feff',
      '01:02:fe:ff',
      'AQL+/w==',
      'AQL-_w',
      ' AQL+\n/w== ',
    ]) {
      expect(bytesIn(text), text).toEqual(bytes);
    }
    expect(bytesIn('{"CiphertextBlob": "AQL+/w==", "KeyId": "x"}')).toEqual(bytes);
  });

  test('that is neither gives nothing', () => {
    for (const text of ['', '   ', 'not base64!', '{"Plaintext":"AQ=="}'])
      expect(bytesIn(text)).toBeUndefined();
  });
});
