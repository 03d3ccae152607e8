import { createCipheriv, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ciphertextBlobPrefix,
  describeCiphertextBlob,
  parseCiphertextBlob,
} from '../../src/engine/hsm/ciphertext-blob.ts';
import type { ExportedKeyToken, Hsm } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import {
  accepted,
  ciphers,
  keyArn,
  knownDomainKey,
  newToken,
  openGcm,
  openTestHsm,
  openToken,
  otherKeyArn,
  refusal,
} from './support.ts';

const domainKey = new Uint8Array(32).fill(7);
let hsm: Hsm;
let token: ExportedKeyToken;

beforeAll(async () => {
  hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)));
  token = await newToken(hsm);
});

const plaintexts = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 64 }),
  fc.integer({ min: 1, max: 4096 }).map((length) => new Uint8Array(length).fill(length & 0xff)),
);
const contexts = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({ unit: 'grapheme' }),
  {
    maxKeys: 8,
  },
);

async function encrypt(plaintext: Uint8Array, context: Record<string, string> = {}): Promise<Uint8Array> {
  return accepted(await hsm.encrypt({ ...ciphers, token, context, plaintext })).ciphertext;
}

describe('round trip', () => {
  test('any plaintext of 1 to 4096 bytes under any context comes back', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
        const ciphertext = await encrypt(plaintext, context);
        const opened = accepted(await hsm.decrypt({ ...ciphers, token, context, ciphertext }));
        expect(opened.plaintext).toEqual(plaintext);
        expect(opened.steps).toEqual([]);
      }),
      {
        examples: [
          [new Uint8Array(1), {}],
          [new Uint8Array(4096).fill(255), { a: '' }],
        ],
      },
    );
  });

  test('the same plaintext never encrypts to the same blob', async () => {
    const blobs = await Promise.all(Array.from({ length: 50 }, () => encrypt(Buffer.from('same'))));
    const parsed = blobs.map((blob) => parseCiphertextBlob(blob)!);
    expect(new Set(parsed.map(({ nonce }) => nonce.toString())).size).toBe(50);
    expect(new Set(parsed.map(({ iv }) => iv.toString())).size).toBe(50);
  });

  test('32 bytes make a blob of 184 that names the key material', async () => {
    const blob = await encrypt(new Uint8Array(32));
    expect(blob.length).toBe(184);
    expect(parseCiphertextBlob(blob)?.materialId).toBe(token.materialId);
    expect(describeCiphertextBlob(blob).at(-1)?.name).toBe('Authentication tag');
  });

  test('the order of a context does not matter', async () => {
    const ciphertext = await encrypt(Buffer.from('x'), { a: '1', b: '2' });
    const result = await hsm.decrypt({ ...ciphers, token, context: { b: '2', a: '1' }, ciphertext });
    expect(result.ok).toBe(true);
  });

  test.each([0, 4097])('%i bytes are no plaintext', async (length) => {
    await expect(encrypt(new Uint8Array(length))).rejects.toThrow(RangeError);
  });
});

describe('from outside', () => {
  /** The key of one call, by Node's own cryptography. */
  function perCallKeyOf(nonce: Uint8Array): Buffer {
    return createHmac('sha256', openToken(token, domainKey))
      .update(Buffer.from('00000001', 'hex'))
      .update('GlassKMS per-call key\0')
      .update(nonce)
      .update(Buffer.from('00000100', 'hex'))
      .digest();
  }

  test("Node's own cryptography opens a blob as the documentation says", async () => {
    const context = { stage: 'prod', dept: 'IT' };
    const blob = parseCiphertextBlob(await encrypt(Buffer.from('attack at dawn'), context))!;
    const aad = Buffer.concat([blob.prefix, Buffer.from('{"dept":"IT","stage":"prod"}')]);
    const opened = openGcm(perCallKeyOf(blob.nonce), blob.iv, aad, blob.content);
    expect(opened).toEqual(Buffer.from('GlassKMS\u0001\u0000\u000eattack at dawn'));
  });

  test.each<[string, boolean, string]>([
    ['the right one', true, 'GlassKMS\u0001\u0000\u0001x'],
    ['another name', false, 'GlassKMX\u0001\u0000\u0001x'],
    ['another version', false, 'GlassKMS\u0002\u0000\u0001x'],
    ['another length', false, 'GlassKMS\u0001\u0000\u0002x'],
  ])('what is sealed must be framed: %s', async (_name, valid, framed) => {
    const { materialId } = token;
    const fields = { materialId, nonce: new Uint8Array(16), iv: new Uint8Array(12) };
    const prefix = ciphertextBlobPrefix(fields, framed.length + 16);
    const cipher = createCipheriv('aes-256-gcm', perCallKeyOf(fields.nonce), fields.iv);
    cipher.setAAD(Buffer.concat([prefix, Buffer.from('{}')]));
    const content = [cipher.update(framed, 'latin1'), cipher.final(), cipher.getAuthTag()];
    const ciphertext = Buffer.concat([prefix, ...content]);
    expect((await hsm.decrypt({ ...ciphers, token, ciphertext })).ok).toBe(valid);
  });

  test('the key material id is derived from material and key id', () => {
    const id = createHmac('sha256', openToken(token, domainKey))
      .update(Buffer.from('00000001', 'hex'))
      .update('GlassKMS key material id\0')
      .update(keyArn.slice(keyArn.indexOf('/') + 1))
      .update(Buffer.from('00000100', 'hex'))
      .digest('hex');
    expect(token.materialId).toBe(id);
  });
});

describe('walls', () => {
  test('a blob with any one bit flipped is refused', async () => {
    const context = { dept: 'IT' };
    const blob = await encrypt(Buffer.from('secret'), context);
    for (let bit = 0; bit < blob.length * 8; bit++) {
      const ciphertext = blob.slice();
      ciphertext[bit >> 3]! ^= 1 << (bit & 7);
      const result = await hsm.decrypt({ ...ciphers, token, context, ciphertext });
      expect(refusal(result), `bit ${bit}`).toBe('CIPHERTEXT_REJECTED');
    }
  });

  test('random bit flips in blobs of any length are refused', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, fc.nat(), async (plaintext, context, position) => {
        const ciphertext = await encrypt(plaintext, context);
        const bit = position % (ciphertext.length * 8);
        ciphertext[bit >> 3]! ^= 1 << (bit & 7);
        const result = await hsm.decrypt({ ...ciphers, token, context, ciphertext });
        expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
      }),
    );
  });

  test.each<[string, Record<string, string>]>([
    ['nothing', {}],
    ['a pair missing', { a: '1' }],
    ['an extra pair', { a: '1', b: '2', c: '3' }],
    ['another value', { a: '1', b: '3' }],
    ['another name', { a: '1', c: '2' }],
    ['another case', { a: '1', B: '2' }],
    ['values exchanged', { a: '2', b: '1' }],
    ['pairs run together', { a: '1","b":"2' }],
  ])('another encryption context is refused: %s', async (_name, context) => {
    const ciphertext = await encrypt(Buffer.from('x'), { a: '1', b: '2' });
    const result = await hsm.decrypt({ ...ciphers, token, context, ciphertext });
    expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
  });

  test('another backing key does not open a blob, even of the same KMS key', async () => {
    const ciphertext = await encrypt(Buffer.from('x'));
    for (const arn of [keyArn, otherKeyArn]) {
      const other = await newToken(hsm, 'SYMMETRIC_DEFAULT', arn);
      expect(other.materialId).not.toBe(token.materialId);
      const result = await hsm.decrypt({ ...ciphers, token: other, ciphertext });
      expect(refusal(result)).toBe('CIPHERTEXT_REJECTED');
    }
  });

  test('what is no blob at all is refused', async () => {
    for (const ciphertext of [new Uint8Array(0), new Uint8Array(184), Buffer.from('AQICAH')]) {
      expect(refusal(await hsm.decrypt({ ...ciphers, token, ciphertext }))).toBe('CIPHERTEXT_REJECTED');
    }
  });
});

describe('data keys and re-encryption', () => {
  test.each([1, 16, 32, 64, 1024])('a data key of %i bytes is the one in its blob', async (length) => {
    const context = { file: 'a' };
    const made = accepted(await hsm.generateDataKey({ token, context, length, withPlaintext: true }));
    expect(made.plaintext?.length).toBe(length);
    const opened = accepted(await hsm.decrypt({ ...ciphers, token, context, ciphertext: made.ciphertext }));
    expect(opened.plaintext).toEqual(made.plaintext);
  });

  test('a data key stays inside unless asked for', async () => {
    const made = accepted(
      await hsm.generateDataKey({ token, context: {}, length: 32, withPlaintext: false }),
    );
    expect(Object.keys(made).sort()).toEqual(['ciphertext', 'ok', 'steps']);
    const opened = accepted(await hsm.decrypt({ ...ciphers, token, ciphertext: made.ciphertext }));
    expect(opened.plaintext!.some((byte) => byte !== 0)).toBe(true);
  });

  test('random bytes come in the length asked for', async () => {
    const first = accepted(await hsm.generateRandom({ length: 1024 })).bytes;
    const second = accepted(await hsm.generateRandom({ length: 1024 })).bytes;
    expect(first!.length).toBe(1024);
    expect(first).not.toEqual(second);
  });

  test.each([0, 1025, 1.5, NaN])('%d is no length of random bytes', async (length) => {
    await expect(hsm.generateRandom({ length })).rejects.toThrow(RangeError);
    const command = { token, context: {}, length, withPlaintext: true };
    await expect(hsm.generateDataKey(command)).rejects.toThrow(RangeError);
  });

  test('re-encryption moves a plaintext to another key and context', async () => {
    const destinationToken = await newToken(hsm, 'SYMMETRIC_DEFAULT', otherKeyArn);
    const ciphertext = await encrypt(Buffer.from('moving'), { from: 'here' });
    const destination = { ...ciphers, token: destinationToken, context: { to: 'there' } };
    const source = { ...ciphers, token, context: { from: 'here' }, ciphertext };
    const moved = accepted(await hsm.reEncrypt({ source, destination }));
    expect(Object.keys(moved).sort()).toEqual(['ciphertext', 'ok', 'steps']);
    const opened = accepted(await hsm.decrypt({ ...destination, ciphertext: moved.ciphertext }));
    expect(Buffer.from(opened.plaintext!).toString()).toBe('moving');

    const wrong = await hsm.reEncrypt({ source: { ...source, context: {} }, destination });
    expect(refusal(wrong)).toBe('CIPHERTEXT_REJECTED');
  });
});
