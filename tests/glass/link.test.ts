import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatLink, parseLink, type GlassLink } from '../../src/lib/glass/state/link.ts';
import { pathOf, pictureAt, pictures } from '../../src/lib/glass/state/pictures.ts';

const text = fc.string({ minLength: 1 });
const number = fc.nat({ max: 10 ** 12 });
const links = fc.record<GlassLink>(
  {
    request: text,
    example: text,
    step: fc.integer({ min: 1, max: 10_000 }),
    at: number,
    key: text,
    region: text,
    blob: text,
    byte: number,
  },
  { requiredKeys: [] },
);

describe('a link into the glass', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(links, (link) => {
        expect(parseLink(formatLink(link))).toEqual(link);
      }),
    );
  });

  test('never fails to be read', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(typeof parseLink(hash)).toBe('object');
      }),
    );
  });

  test('counts steps from 1, as people do, and leaves the first one out', () => {
    expect(formatLink({ request: 'x', step: 7 })).toBe('#request=x&step=8');
    expect(formatLink({ request: 'x', step: 0 })).toBe('#request=x');
    expect(parseLink('#request=x&step=1')).toEqual({ request: 'x', step: 0 });
  });

  test('leaves out what is strange', () => {
    expect(parseLink('#request=x&step=-4')).toEqual({ request: 'x' });
    expect(parseLink('#request=x&step=many&byte=0.5')).toEqual({ request: 'x' });
    expect(parseLink('#main')).toEqual({});
    expect(parseLink('')).toEqual({});
  });
});

test('each picture has a page, under any base path', () => {
  for (const picture of pictures) {
    expect(pictureAt(pathOf(picture))).toBe(picture);
    expect(pictureAt(`/class/7${pathOf(picture)}`)).toBe(picture);
  }
});
