import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { unshared, type Bytes } from './bytes.ts';
import {
  blobLayouts,
  ivLength,
  nonceLength,
  tagLength,
  type BlobCipher,
  type Part,
} from './ciphertext-blob-layout.ts';
import { derLengthOctets, writeDerLength } from './der-length.ts';

/**
 * Writer, reader and byte-by-byte description of the symmetric ciphertext blob, all three led by one table
 * (`ciphertext-blob-layout.ts`). There is one encoding of each blob only: any other bytes are refused.
 */

/** What the module puts before the plaintext, inside the encryption: 11 bytes, so that 32 bytes make 184. */
export const frameLength = 11;

export interface CiphertextBlob {
  cipher: BlobCipher;
  /** Id of the backing key, 64 lower-case hex digits. */
  materialId: string;
  /** 16 bytes: the KDF's context. */
  nonce: Bytes;
  /** 12 bytes: the initialization vector of GCM. */
  iv: Bytes;
  /** Output of GCM: ciphertext and 16-byte tag. */
  content: Bytes;
  /** Every byte before the content; authenticated with it. */
  prefix: Bytes;
}

/** What a run of bytes in a blob is. Offset and length in bytes. */
export interface BlobPart {
  name: string;
  offset: number;
  length: number;
  /** One sentence for the learner. */
  meaning: string;
}

/** The shortest content: frame, one byte of plaintext, tag. */
const minimumContentLength = frameLength + 1 + tagLength;

/** What Decrypt takes at most (AWS KMS API Reference, Decrypt, CiphertextBlob). */
const maximumBlobLength = 6144;

/**
 * Every byte of a blob that comes before its content.
 * @param contentLength bytes of GCM output that will follow, tag included
 */
export function ciphertextBlobPrefix(
  fields: { materialId: string; nonce: Uint8Array; iv: Uint8Array },
  contentLength: number,
  cipher: BlobCipher = 'AES-256-GCM',
): Bytes {
  const blobLayout = blobLayouts[cipher];
  const starts = new Array<number>(blobLayout.length);
  let following = contentLength;
  for (let index = blobLayout.length - 1; index >= 0; index--) {
    starts[index] = following;
    following += partLength(blobLayout[index]!, following);
  }

  const total = following;
  const prefix = new Uint8Array(total - contentLength);
  let offset = 0;
  blobLayout.forEach((part, index) => {
    const after = starts[index]!;
    switch (part.kind) {
      case 'constant':
        prefix.set(part.bytes, offset);
        break;
      case 'value':
        prefix.set(part.field === 'materialId' ? hexToBytes(fields.materialId) : fields[part.field], offset);
        break;
      case 'length':
        writeUint32(prefix, offset, after);
        break;
      case 'element':
        prefix[offset] = part.tag;
        writeDerLength(prefix, offset + 1, after);
    }
    offset = total - after;
  });
  return prefix;
}

const ciphersInUse = Object.keys(blobLayouts) as BlobCipher[];

/** Takes a blob apart without copying it. `undefined` for anything but a whole, canonically encoded blob. */
export function parseCiphertextBlob(blob: Uint8Array): CiphertextBlob | undefined {
  const bytes = unshared(blob);
  for (const cipher of ciphersInUse) {
    const fields = { materialId: 0, nonce: 0, iv: 0 };
    const contentOffset = walk(bytes, cipher, (part, offset) => {
      if (part.kind === 'value') fields[part.field] = offset;
    });
    if (contentOffset === undefined) continue;
    return {
      cipher,
      materialId: bytesToHex(bytes.subarray(fields.materialId, fields.materialId + 32)),
      nonce: bytes.subarray(fields.nonce, fields.nonce + nonceLength),
      iv: bytes.subarray(fields.iv, fields.iv + ivLength),
      content: bytes.subarray(contentOffset),
      prefix: bytes.subarray(0, contentOffset),
    };
  }
  return undefined;
}

/**
 * Names every byte of a blob, in order and without gaps. Where the bytes stop being a blob, the rest is one
 * part called `Unrecognised`.
 */
export function describeCiphertextBlob(bytes: Uint8Array): BlobPart[] {
  const parts: BlobPart[] = [];
  let end = 0;
  const cipher = parseCiphertextBlob(bytes)?.cipher ?? 'AES-256-GCM';
  const contentOffset = walk(bytes, cipher, ({ name, meaning }, offset, length) => {
    parts.push({ name, offset, length, meaning });
    end = offset + length;
  });
  if (contentOffset === undefined) {
    if (end < bytes.length) {
      const meaning = 'From here on these bytes are not those of a ciphertext blob.';
      parts.push({ name: 'Unrecognised', offset: end, length: bytes.length - end, meaning });
    }
    return parts;
  }
  const tagOffset = bytes.length - tagLength;
  parts.push(
    {
      name: 'Ciphertext',
      offset: contentOffset,
      length: tagOffset - contentOffset,
      meaning: 'The plaintext, with 11 bytes of framing before it, encrypted under the per-call key.',
    },
    {
      name: 'Authentication tag',
      offset: tagOffset,
      length: tagLength,
      meaning: 'Matches only if no byte of the blob, and nothing in the encryption context, was changed.',
    },
  );
  return parts;
}

/** Follows the layout, and calls `visit` for each part that fits. Gives the content's offset if all do. */
function walk(
  bytes: Uint8Array,
  cipher: BlobCipher,
  visit: (part: Part, offset: number, length: number) => void,
): number | undefined {
  if (bytes.length > maximumBlobLength) return undefined;
  let offset = 0;
  for (const part of blobLayouts[cipher]) {
    const length = fittingLength(part, bytes, offset);
    if (length === undefined) return undefined;
    visit(part, offset, length);
    offset += length;
  }
  return bytes.length - offset >= minimumContentLength ? offset : undefined;
}

/** The part's length if the bytes at `offset` are what it must be. */
function fittingLength(part: Part, bytes: Uint8Array, offset: number): number | undefined {
  switch (part.kind) {
    case 'constant':
      return standsAt(bytes, offset, part.bytes) ? part.bytes.length : undefined;
    case 'value':
      return offset + part.length <= bytes.length ? part.length : undefined;
    case 'length':
      return lengthFits(bytes, offset) ? 4 : undefined;
    case 'element':
      return bytes[offset] === part.tag ? elementHeaderLength(bytes, offset) : undefined;
  }
}

/** Whether the 4 bytes at `offset` say how many follow them. */
function lengthFits(bytes: Uint8Array, offset: number): boolean {
  const following = bytes.length - offset - 4;
  if (following < 0) return false;
  const expected = new Uint8Array(4);
  writeUint32(expected, 0, following);
  return standsAt(bytes, offset, expected);
}

/** Length of tag and length octets, if they say that the element ends where the bytes do. */
function elementHeaderLength(bytes: Uint8Array, offset: number): number | undefined {
  for (const octets of [1, 2, 3]) {
    const contentLength = bytes.length - offset - 1 - octets;
    if (contentLength < 0 || derLengthOctets(contentLength) !== octets) continue;
    const expected = new Uint8Array(octets);
    writeDerLength(expected, 0, contentLength);
    return standsAt(bytes, offset + 1, expected) ? 1 + octets : undefined;
  }
  return undefined;
}

/** Big-endian, byte by byte: a DataView costs more than the rest of a blob's header. */
function writeUint32(target: Uint8Array, offset: number, value: number): void {
  for (let index = 0; index < 4; index++) target[offset + index] = value >>> (24 - 8 * index);
}

function standsAt(bytes: Uint8Array, offset: number, expected: Uint8Array): boolean {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[offset + index] !== expected[index]) return false;
  }
  return true;
}

function partLength(part: Part, following: number): number {
  switch (part.kind) {
    case 'constant':
      return part.bytes.length;
    case 'value':
      return part.length;
    case 'length':
      return 4;
    case 'element':
      return 1 + derLengthOctets(following);
  }
}
