import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalContext } from '../../src/engine/hsm/encryption-context.ts';

const text = fc.string({ unit: 'binary' });
const contexts = fc.dictionary(text, text, { maxKeys: 8, noNullPrototype: true });

test('no context is an empty object', () => {
  expect(canonicalContext({})).toBe('{}');
});

test('pairs stand in the order of their UTF-8 bytes', () => {
  // U+FF5E is EF BD 9E in UTF-8, U+1F511 is F0 9F 94 91; their UTF-16 code units sort the other way.
  const context = { '\u{1F511}': 'key', '\uFF5E': 'tilde', b: '2', a: '1', aa: '3', 2: 'x', 10: 'y' };
  expect(canonicalContext(context)).toBe(
    '{"10":"y","2":"x","a":"1","aa":"3","b":"2","\uFF5E":"tilde","\u{1F511}":"key"}',
  );
});

test('the order of the pairs does not matter, and their names sort by UTF-8 bytes', () => {
  fc.assert(
    fc.property(contexts, (context) => {
      const reversed = Object.fromEntries(Object.entries(context).reverse());
      expect(canonicalContext(reversed)).toBe(canonicalContext(context));

      const names = Object.keys(JSON.parse(canonicalContext(context)) as object);
      const byBytes = Object.keys(context).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(names.filter(isNoIndex)).toEqual(byBytes.filter(isNoIndex));
    }),
  );
});

/** JavaScript objects put names like `12` first, whatever text they were parsed from. */
function isNoIndex(name: string): boolean {
  return !/^(0|[1-9][0-9]*)$/.test(name);
}

test('different contexts have different texts', () => {
  fc.assert(
    fc.property(contexts, contexts, (a, b) => {
      const same = isDeepStrictEqual(a, b);
      expect(canonicalContext(a) === canonicalContext(b)).toBe(same);
    }),
  );
  expect(canonicalContext({ a: '\uD800' })).not.toBe(canonicalContext({ a: '\uD801' }));
  expect(canonicalContext({ 'a":"b","c': 'd' })).not.toBe(canonicalContext({ a: 'b', c: 'd' }));
  expect(canonicalContext(JSON.parse('{"__proto__":"x"}') as Record<string, string>)).toBe(
    '{"__proto__":"x"}',
  );
});
