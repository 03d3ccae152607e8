import type { PartReader } from '../part-reader.ts';

/** All suites have IVs of 12 bytes and tags of 16. */
const ivLength = 12;
const tagLength = 16;

type Named = readonly [name: string, meaning: string];

/** An initialization vector of AES-GCM. */
export function readIv(reader: PartReader, [what, meaning]: Named): Uint8Array<ArrayBuffer> {
  return reader.take(ivLength, what, () => ({ meaning, layer: 'clients' }));
}

/** An authentication tag of AES-GCM. */
export function readTag(reader: PartReader, [what, meaning]: Named): Uint8Array<ArrayBuffer> {
  return reader.take(tagLength, what, () => ({ meaning, layer: 'clients' }));
}
