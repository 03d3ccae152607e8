/**
 * Bytes as text and back without loss, as Python has it ("surrogateescape", PEP 383): bytes that are no UTF-8 stand in the
 * text as lone surrogates, U+DC80 to U+DCFF. The interpreter passes on what loops, groups and functions write as text,
 * and would spoil ciphertext without this; `scripts/lossless-shell.js` gives it these two.
 */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const escapeBase = 0xdc00;

export const losslessDecoder = {
  decode(bytes: Uint8Array): string {
    try {
      return utf8.decode(bytes);
    } catch {
      return withEscapes(bytes);
    }
  },
};

export const losslessEncoder = {
  encode(text: string): Uint8Array<ArrayBuffer> {
    if (!hasEscapes(text)) return encoder.encode(text);
    const parts = text.split(/([\udc80-\udcff]+)/u).map((part, index) =>
      // What was split at stands at every other place.
      index % 2 === 0
        ? encoder.encode(part)
        : Uint8Array.from(part, (escape) => escape.charCodeAt(0) - escapeBase),
    );
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  },
};

/** Whether a text stands for bytes that are no UTF-8. */
export function hasEscapes(text: string): boolean {
  return /[\udc80-\udcff]/u.test(text);
}

/** The same for showing it. */
export function withoutEscapes(text: string): string {
  return text.replace(/[\udc80-\udcff]/gu, '\ufffd');
}

function withEscapes(bytes: Uint8Array): string {
  let text = '';
  let start = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += utf8.decode(bytes.subarray(start, at)) + String.fromCharCode(escapeBase + bytes[at]!);
    start = ++at;
  }
  return text + utf8.decode(bytes.subarray(start));
}

/** Bytes of the character that begins there; 0 where none does (The Unicode Standard, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  const lowest = { 0xe0: 0xa0, 0xf0: 0x90 }[first] ?? 0x80;
  const highest = { 0xed: 0x9f, 0xf4: 0x8f }[first] ?? 0xbf;
  const isWhole = Array.from({ length: Math.max(length - 1, 0) }).every((_, index) => {
    const next = bytes[at + 1 + index] ?? 0;
    return index === 0 ? next >= lowest && next <= highest : next >= 0x80 && next <= 0xbf;
  });
  return isWhole ? length : 0;
}
