import { decode, encode, Tagged, Tokenizer } from 'cborg';
import type { Bytes } from '../bytes.ts';

/**
 * More than any attestation document has: 32 registers, nine members, and a chain of a few certificates. It bounds
 * how deep things can be nested, too.
 */
const maximumTokens = 128;

/** COSE_Sign1 (RFC 9052 §2). */
const sign1Tag = 18;

/** Reads no more than `maximumTokens`. */
class BoundedTokenizer extends Tokenizer {
  #tokens = 0;

  override next() {
    if (++this.#tokens > maximumTokens) throw new RangeError('Too many tokens.');
    return super.next();
  }
}

const strictly = {
  ...{ strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true, useMaps: true },
  ...{ allowUndefined: false, allowBigInt: false, allowInfinity: false, allowNaN: false },
  tags: Tagged.preserve(sign1Tag),
};

/**
 * Reads CBOR (RFC 8949) that comes from anybody: shortest forms and definite lengths only (§4.2), no key twice, and
 * a bounded amount of work. Maps come as `Map`. `undefined`: it is not that.
 */
export function decodeCbor(bytes: Uint8Array): unknown {
  try {
    return decode(bytes, { ...strictly, tokenizer: new BoundedTokenizer(bytes, strictly) });
  } catch {
    return undefined;
  }
}

/** What a COSE_Sign1 tag is around, or the value itself where there is none: both occur. */
export function withoutSign1Tag(value: unknown): unknown {
  return value instanceof Tagged ? value.value : value;
}

/**
 * Writes maps in the order that they have. The bytes are a copy: on Node cborg gives a view of a pool that others
 * write to as well, and whoever clones a view takes the whole of what it looks at.
 */
export function encodeCbor(value: unknown): Bytes {
  return new Uint8Array(encode(value, { mapSorter: () => 0 }));
}
