import fc from 'fast-check';
import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { layOut, readLayout } from '../../src/lib/envelope/format.ts';
import { inOrder } from '../../src/lib/envelope/in-order.ts';
import { importDataKey, openEnvelope, sealEnvelope } from '../../src/lib/envelope/stream.ts';
import { collector, open, randomBytes, rawKey, seal, sealedWith, testKey } from './support.ts';

const chunkSize = 64;
const sizesAroundBorders = [0, 1, 63, 64, 65, 127, 128, 129, 640, 641];

describe('sealing and opening', () => {
  it.each(sizesAroundBorders)('gives back a file of %i bytes, chunks of 64', async (size) => {
    const file = randomBytes(size);
    const { header, plaintext } = await open(await seal(file, chunkSize));
    expect(plaintext).toEqual(file);
    expect(header).toEqual({ ...sealedWith, size, chunkSize });
  });

  it('gives back any file, for any chunk size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.integer({ min: 16, max: 1500 }),
        async (bytes, size) => {
          const file = new Uint8Array(bytes);
          expect((await open(await seal(file, size))).plaintext).toEqual(file);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses chunks of 1 MiB when not told otherwise', async () => {
    const file = randomBytes((1 << 20) + 1);
    const sink = collector();
    const header = await sealEnvelope(await testKey(), new Blob([file]), sealedWith, sink);
    expect(header.chunkSize).toBe(1 << 20);
    expect(sink.writes).toBe(3);
    // By Buffer, since toEqual takes seconds over a million elements.
    expect(Buffer.from(file).equals((await open(sink.bytes())).plaintext)).toBe(true);
  });

  it('takes name and media type from the file', async () => {
    const { fileName: _name, mediaType: _type, ...rest } = sealedWith;
    const file = new File(['hello'], 'hello.txt', { type: 'text/plain' });
    const header = await sealEnvelope(await testKey(), file, rest, collector());
    expect(header).toMatchObject({ fileName: 'hello.txt', mediaType: 'text/plain', size: 5 });
  });

  it('seals the same file differently each time', async () => {
    const file = randomBytes(100);
    expect(await seal(file, chunkSize)).not.toEqual(await seal(file, chunkSize));
  });
});

describe('the composition', () => {
  it('is AES-256-GCM as OpenSSL computes it: nonce prefix, chunk number, last flag, preamble as AAD', async () => {
    const file = randomBytes(150);
    const envelope = await seal(file, chunkSize);
    // Taken apart here by hand, from the format's description alone.
    const headerLength = Buffer.from(envelope).readUInt32BE(9);
    const preambleLength = 13 + headerLength + 7;
    const prefix = envelope.slice(preambleLength - 7, preambleLength);
    const opened = [0, 1, 2].map((index) => {
      const from = preambleLength + index * (chunkSize + 16);
      const sealed = envelope.slice(from, Math.min(envelope.length, from + chunkSize + 16));
      const nonce = Buffer.from([...prefix, 0, 0, 0, index, index === 2 ? 1 : 0]);
      const cipher = createDecipheriv('aes-256-gcm', rawKey(), nonce);
      cipher.setAAD(envelope.slice(0, preambleLength));
      cipher.setAuthTag(sealed.slice(-16));
      return Buffer.concat([cipher.update(sealed.slice(0, -16)), cipher.final()]);
    });
    expect(new Uint8Array(Buffer.concat(opened))).toEqual(file);
    expect(new TextDecoder().decode(envelope.slice(0, 8))).toBe('GLASSENV');
    expect(envelope[8]).toBe(1);
    expect(JSON.parse(new TextDecoder().decode(envelope.slice(13, 13 + headerLength)))).toEqual({
      ...sealedWith,
      encryptedDataKey: Buffer.from(sealedWith.encryptedDataKey).toString('base64'),
      size: 150,
      chunkSize,
    });
  });
});

describe('what was tampered with', () => {
  it('is refused, whichever single bit was flipped', async () => {
    const envelope = await seal(randomBytes(80), chunkSize);
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      const damaged = envelope.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      await expect(open(damaged), `bit ${bit}`).rejects.toMatchObject({
        name: expect.stringMatching(
          /^(NotAnEnvelope|UnsupportedVersion|HeaderTooLong|MalformedHeader|Truncated|TrailingBytes|NotAuthentic)$/,
        ),
      });
    }
  }, 60_000);

  it('is refused when cut short anywhere', async () => {
    const envelope = await seal(randomBytes(130), chunkSize);
    for (let length = 0; length < envelope.length; length++) {
      await expect(open(envelope.slice(0, length)), `${length} bytes`).rejects.toMatchObject({
        name: length < 8 ? 'NotAnEnvelope' : 'Truncated',
      });
    }
  });

  it('is refused with bytes after its end', async () => {
    const envelope = await seal(randomBytes(130), chunkSize);
    await expect(open(new Uint8Array([...envelope, 0]))).rejects.toMatchObject({ name: 'TrailingBytes' });
  });

  /** Full chunks only, so that moving them keeps every length as it was. */
  async function threeChunks() {
    const envelope = await seal(randomBytes(3 * chunkSize), chunkSize);
    const body = envelope.length - 3 * (chunkSize + 16);
    const chunk = (index: number) =>
      envelope.slice(body + index * (chunkSize + 16), body + (index + 1) * (chunkSize + 16));
    const assemble = (...order: number[]) =>
      new Uint8Array(Buffer.concat([envelope.slice(0, body), ...order.map(chunk)]));
    return { envelope, assemble };
  }

  it.each([
    ['reordered', [1, 0, 2], 'NotAuthentic'],
    ['last chunk moved', [2, 1, 0], 'NotAuthentic'],
    ['one replaced by its neighbour', [0, 0, 2], 'NotAuthentic'],
    ['one missing', [0, 2], 'Truncated'],
    ['one twice', [0, 1, 1, 2], 'TrailingBytes'],
  ])('is refused with its chunks %s', async (_what, order, name) => {
    const { envelope, assemble } = await threeChunks();
    expect(assemble(0, 1, 2)).toEqual(envelope);
    await expect(open(assemble(...order))).rejects.toMatchObject({ name });
  });

  it('is refused when cut at a chunk border with a header rewritten to fit', async () => {
    const { envelope } = await threeChunks();
    const whole = await readLayout(new Blob([envelope]));
    const shorter = layOut({ ...whole.header, size: 2 * chunkSize }, whole.noncePrefix);
    const body = envelope.slice(whole.preamble.length, -(chunkSize + 16));
    const forged = new Uint8Array(Buffer.concat([shorter.preamble, body]));
    await expect(open(forged)).rejects.toMatchObject({ name: 'NotAuthentic' });
  });

  it.each([
    ['keyArn', { keyArn: 'arn:aws:kms:us-east-1:111122223333:key/another' }],
    ['encryptionContext', { encryptionContext: { file: 'other' } }],
    ['fileName', { fileName: 'evil.exe' }],
    ['mediaType', { mediaType: 'text/html' }],
  ])('is refused with another %s in its header', async (_member, change) => {
    const envelope = await seal(randomBytes(10), chunkSize);
    const { header, noncePrefix, preamble } = await readLayout(new Blob([envelope]));
    const forged = layOut({ ...header, ...change }, noncePrefix);
    const bytes = new Uint8Array(Buffer.concat([forged.preamble, envelope.slice(preamble.length)]));
    await expect(open(bytes)).rejects.toMatchObject({ name: 'NotAuthentic' });
  });

  it('never yields a byte of the chunk that is wrong, nor of any after it', async () => {
    const file = randomBytes(5 * chunkSize);
    const envelope = await seal(file, chunkSize);
    envelope[envelope.length - 2 * (chunkSize + 16) - 1]! ^= 1;
    const sink = collector();
    await expect(openEnvelope(await testKey(), new Blob([envelope]), sink)).rejects.toMatchObject({
      name: 'NotAuthentic',
    });
    expect(sink.bytes()).toEqual(file.slice(0, 2 * chunkSize));
  });

  it('is refused under another data key', async () => {
    const envelope = await seal(randomBytes(10), chunkSize);
    const other = await importDataKey(randomBytes(32));
    await expect(openEnvelope(other, new Blob([envelope]), collector())).rejects.toMatchObject({
      name: 'NotAuthentic',
    });
  });
});

describe('what is not an envelope', () => {
  const preamble = (header: Uint8Array | string, length?: number) => {
    const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
    const size = Buffer.alloc(4);
    size.writeUInt32BE(length ?? json.length);
    return new Blob([
      Buffer.concat([Buffer.from('GLASSENV\x01'), size, json, Buffer.alloc(7)]),
      new Uint8Array(16),
    ]);
  };
  const good = {
    keyArn: 'arn',
    encryptedDataKey: 'AQID',
    encryptionContext: {},
    fileName: '',
    mediaType: '',
    size: 0,
    chunkSize: 64,
  };

  it('reads the good header that the bad ones below are made from', async () => {
    expect((await readLayout(preamble(JSON.stringify(good)))).chunks).toBe(1);
  });

  it.each([
    ['not JSON', '{', /is not JSON/],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), /is not JSON/],
    ['a byte order mark', `\ufeff${JSON.stringify(good)}`, /is not JSON/],
    ['an array', '[]', /malformed/],
    ['null', 'null', /malformed/],
    ['a member missing', JSON.stringify({ ...good, keyArn: undefined }), /at keyArn/],
    ['a member unknown', JSON.stringify({ ...good, extra: 1 }), /at extra/],
    ['a size below zero', JSON.stringify({ ...good, size: -1 }), /at size/],
    ['a size with a fraction', JSON.stringify({ ...good, size: 1.5 }), /at size/],
    ['more chunks than can be counted', JSON.stringify({ ...good, size: 2 ** 52 }), /at size/],
    ['a chunk size of zero', JSON.stringify({ ...good, chunkSize: 0 }), /at chunkSize/],
    ['a chunk size beyond reason', JSON.stringify({ ...good, chunkSize: 2 ** 31 }), /at chunkSize/],
    [
      'Base64 with a line break',
      JSON.stringify({ ...good, encryptedDataKey: 'AQ\nID' }),
      /at encryptedDataKey/,
    ],
    ['Base64 with stray bits', JSON.stringify({ ...good, encryptedDataKey: 'AQJ=' }), /at encryptedDataKey/],
    ['no data key', JSON.stringify({ ...good, encryptedDataKey: '' }), /at encryptedDataKey/],
    [
      'a context that is not strings',
      JSON.stringify({ ...good, encryptionContext: { a: 1 } }),
      /at encryptionContext/,
    ],
    [
      'a context that is a list',
      JSON.stringify({ ...good, encryptionContext: ['a'] }),
      /at encryptionContext/,
    ],
  ])('is refused: a header with %s', async (_what, header, message) => {
    await expect(readLayout(preamble(header))).rejects.toMatchObject({
      name: 'MalformedHeader',
      message: expect.stringMatching(message),
    });
  });

  it('is refused: a header beyond the limit, without reading it', async () => {
    await expect(readLayout(preamble('{}', 65_537))).rejects.toMatchObject({ name: 'HeaderTooLong' });
  });

  it('is refused: a header beyond the limit, when writing it', async () => {
    const encryptionContext = { long: 'x'.repeat(65_536) };
    const sink = collector();
    await expect(
      sealEnvelope(await testKey(), new Blob(['a']), { ...sealedWith, encryptionContext }, sink),
    ).rejects.toMatchObject({ name: 'HeaderTooLong' });
    expect(sink.writes).toBe(0);
  });

  it('is refused: another version', async () => {
    const envelope = await seal(randomBytes(10), chunkSize);
    envelope[8] = 2;
    await expect(open(envelope)).rejects.toMatchObject({
      name: 'UnsupportedVersion',
      message: expect.stringContaining('version 2'),
    });
  });

  it('is refused: any bytes at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await expect(open(new Uint8Array(bytes))).rejects.toMatchObject({ name: 'NotAnEnvelope' });
      }),
    );
  });
});

describe('the data key', () => {
  it('is wiped after import and cannot be exported', async () => {
    const bytes = rawKey();
    const key = await importDataKey(bytes);
    expect(bytes).toEqual(new Uint8Array(32));
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it.each([0, 16, 24, 31, 33])('is refused, and wiped, when it has %i bytes', async (length) => {
    const bytes = randomBytes(length);
    await expect(importDataKey(bytes)).rejects.toMatchObject({ name: 'WrongKeyLength' });
    expect(bytes).toEqual(new Uint8Array(length));
  });
});

describe('while it runs', () => {
  it('reports progress up to the whole file', async () => {
    const seen: number[] = [];
    await sealEnvelope(
      await testKey(),
      new Blob([randomBytes(130)]),
      { ...sealedWith, chunkSize },
      collector(),
      {
        onProgress: (done, total) => {
          expect(total).toBe(130);
          seen.push(done);
        },
      },
    );
    expect(seen).toEqual([64, 128, 130]);
  });

  it('stops writing when it is cancelled', async () => {
    const abort = new AbortController();
    const sink = collector();
    const sealing = sealEnvelope(
      await testKey(),
      new Blob([randomBytes(100 * chunkSize)]),
      { ...sealedWith, chunkSize },
      sink,
      { signal: abort.signal, onProgress: (done) => done >= 5 * chunkSize && abort.abort() },
    );
    await expect(sealing).rejects.toMatchObject({ name: 'AbortError' });
    expect(sink.writes).toBe(6);
  });

  it('reports a file that can no longer be read', async () => {
    class Gone extends Blob {
      override slice() {
        return { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')) } as Blob;
      }
    }
    await expect(
      sealEnvelope(await testKey(), new Gone(['abc']), sealedWith, collector()),
    ).rejects.toMatchObject({ name: 'Unreadable' });
  });

  it('keeps no more chunks under way than asked, and delivers in order', async () => {
    let underWay = 0;
    let most = 0;
    const delivered: number[] = [];
    await inOrder(
      20,
      4,
      async (index) => {
        most = Math.max(most, ++underWay);
        // The later of each four finishes first.
        for (let turn = 0; turn < 4 - (index % 4); turn++) await Promise.resolve();
        underWay--;
        return index;
      },
      (index) => void delivered.push(index),
    );
    expect(most).toBe(4);
    expect(delivered).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });
});
