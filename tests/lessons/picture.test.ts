import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { drawPicture } from '../../src/lib/lesson/picture/draw.ts';
import { encodePng } from '../../src/lib/lesson/picture/png.ts';
import { samplePicture } from '../../src/lib/lesson/picture/sample-picture.ts';

it('supplies a PNG of about 5 MB', { timeout: 60_000 }, async () => {
  const file = await samplePicture();
  expect(file.type).toBe('image/png');
  expect(file.size).toBeGreaterThan(4.5e6);
  expect(file.size).toBeLessThan(6e6);
});

it('draws the same picture every time', () => {
  const digest = () => createHash('sha256').update(drawPicture(96, 60)).digest('hex');
  expect(digest()).toBe(digest());
  expect(new Set(drawPicture(96, 60)).size).toBeGreaterThan(100);
});

it('writes PNG as the standard has it', async () => {
  const pixels = Uint8Array.from({ length: 2 * 3 * 3 }, (_, index) => index * 14);
  const png = Buffer.from(await encodePng(pixels, 2, 3));
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const header = png.subarray(8, 33);
  expect(header.toString('hex', 0, 21)).toBe('0000000d49484452' + '0000000200000003' + '0802000000');
  // CRC-32 of this very IHDR chunk as zlib computes it.
  expect(header.readUInt32BE(21)).toBe(0x368849d6);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  expect([...rows]).toEqual([
    0,
    ...pixels.slice(0, 6),
    0,
    ...pixels.slice(6, 12),
    0,
    ...pixels.slice(12, 18),
  ]);
  expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
});
