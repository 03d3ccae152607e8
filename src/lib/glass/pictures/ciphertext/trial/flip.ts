/** One bit of one byte; bit 7 is the most significant. */
export interface Flip {
  byte: number;
  bit: number;
}

/** A copy with the bit turned over. */
export function flipped(bytes: Uint8Array<ArrayBuffer>, { byte, bit }: Flip): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy[byte]! ^= 1 << bit;
  return copy;
}
