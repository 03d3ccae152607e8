/** Byte-array helpers of the module. All lengths are in bytes. */

/** Bytes that Web Crypto accepts: it refuses views of shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextEncoder();

/** The string's UTF-8 bytes; a lone surrogate becomes U+FFFD. */
export function utf8Bytes(text: string): Bytes {
  return utf8.encode(text);
}

/** The same bytes, copied only when they stand in shared memory. */
export function unshared(bytes: Uint8Array): Bytes {
  return isUnshared(bytes) ? bytes : new Uint8Array(bytes);
}

function isUnshared(bytes: Uint8Array): bytes is Bytes {
  return bytes.buffer instanceof ArrayBuffer;
}

/** One array with all of the parts, in order. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two arrays hold the same bytes. Takes as long for a late difference as for an early one. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ b[index]!;
  return difference === 0;
}

/** Overwrites secret bytes. JavaScript can promise no more: the engine may have moved or copied them before. */
export function wipe(bytes: Uint8Array): void {
  bytes.fill(0);
}
