import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { asciiByte, hexByte, layOutRows, regionAt, span, type Region } from '../../src/lib/bytes/rows.ts';

/** Regions in order, with gaps between some of them, and the number of bytes that they need. */
const regionsWithin = fc
  .array(fc.record({ gap: fc.nat(5), length: fc.integer({ min: 1, max: 40 }) }), { maxLength: 12 })
  .map((parts) => {
    let end = 0;
    const regions = parts.map(({ gap, length }, index): Region => {
      const offset = end + gap;
      end = offset + length;
      return { name: `part ${index}`, offset, length, meaning: '' };
    });
    return { regions, end };
  });

describe('rows of a hex dump', () => {
  test('hold every byte once, in order, each with its own region', () => {
    fc.assert(
      fc.property(regionsWithin, fc.nat(30), fc.constantFrom(4, 8, 16), ({ regions, end }, rest, perRow) => {
        const length = end + rest;
        const runs = layOutRows(length, regions, perRow).flatMap((row) => row.runs);
        const bytes = runs.flatMap(({ start, end, region }) =>
          Array.from({ length: end - start }, (_, index) => ({ at: start + index, region })),
        );
        expect(bytes.map(({ at }) => at)).toEqual(Array.from({ length }, (_, index) => index));
        for (const { at, region } of bytes) expect(region).toBe(regionAt(regions, at));
      }),
    );
  });

  test('are as long as asked, but for the last', () => {
    const rows = layOutRows(19, [], 8);
    expect(rows.map(({ offset }) => offset)).toEqual([0, 8, 16]);
    expect(rows.at(-1)?.runs).toEqual([{ region: -1, start: 16, end: 19 }]);
  });

  test('are cut where a region begins, so that it has a run of its own there', () => {
    const region = { name: 'nonce', offset: 6, length: 4, meaning: '' };
    expect(layOutRows(12, [region], 8).flatMap(({ runs }) => runs)).toEqual([
      { region: -1, start: 0, end: 6 },
      { region: 0, start: 6, end: 8 },
      { region: 0, start: 8, end: 10 },
      { region: -1, start: 10, end: 12 },
    ]);
  });

  test('do not exist for no bytes', () => {
    expect(layOutRows(0, [], 16)).toEqual([]);
  });
});

test('a byte as text', () => {
  expect([0x00, 0x0a, 0xff].map(hexByte)).toEqual(['00', '0a', 'ff']);
  expect([0x1f, 0x20, 0x41, 0x7e, 0x7f, 0xe9].map(asciiByte)).toEqual(['·', ' ', 'A', '~', '·', '·']);
  expect(span({ offset: 5, length: 32 })).toBe('5–36');
  expect(span({ offset: 5, length: 1 })).toBe('5');
});
