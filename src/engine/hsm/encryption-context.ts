import type { EncryptionContext } from './hsm.ts';

/**
 * The encryption context as one text, so that equal contexts and only they give equal bytes.
 *
 * The text is a JSON object without white space, its pairs in the order of their names' UTF-8 bytes:
 * `{"dept":"IT","stage":"prod"}`. Strings are escaped as `JSON.stringify` does (ECMA-262, QuoteJSONString),
 * which also keeps lone surrogates apart, where UTF-8 would make them all U+FFFD. No context is `{}`.
 * AWS says that it sorts the pairs; which bytes it makes of them is not public.
 */
export function canonicalContext(context: EncryptionContext): string {
  const names = Object.keys(context);
  if (names.length > 1) names.sort(compareUtf8);
  const pairs = names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(context[name])}`);
  return `{${pairs.join(',')}}`;
}

/**
 * Compares strings in the order of their UTF-8 bytes, which is that of their code points. UTF-16 code units
 * give that order too, but for surrogates, which must come after U+E000–U+FFFF.
 */
function compareUtf8(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** A code unit's place when surrogates are moved behind U+FFFF. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
