/** Octets of a length in DER's definite form (X.690 §8.1.3, §10.1), for lengths below 65536. */
export function derLengthOctets(length: number): 1 | 2 | 3 {
  if (length < 0x80) return 1;
  return length < 0x100 ? 2 : 3;
}

/** Writes `length` at `offset`, in as many octets as `derLengthOctets` says. */
export function writeDerLength(target: Uint8Array, offset: number, length: number): void {
  const octets = derLengthOctets(length);
  if (octets > 1) target[offset] = 0x80 + octets - 1;
  if (octets === 3) target[offset + 1] = length >> 8;
  target[offset + octets - 1] = length & 0xff;
}
