import {
  chunkCount,
  magic,
  noncePrefixLength,
  readHeader,
  tagLength,
  version,
} from '$lib/envelope/format.ts';
import { ciphertextText } from '$lib/strings/ciphertext.ts';
import { Unreadable, textIn, type PartReader } from './part-reader.ts';
import type { Inside } from './parts.ts';

const text = ciphertextText.envelope;

/** Names the bytes of a file envelope (`$lib/envelope/format.ts` describes the format). */
export function readEnvelopeFile(reader: PartReader): void {
  reader.take(magic.length, text.magic[0], (bytes) => ({ meaning: text.magic[1], value: textIn(bytes) }));
  const found = reader.number(1, text.version[0], text.version[1]);
  if (found !== version) throw new Unreadable(text.otherVersion(found));
  const headerLength = reader.number(4, text.headerLength[0], text.headerLength[1]);
  const header = readHeaderOf(reader.peek(headerLength, text.header[0]));
  const inside: Inside | undefined = header && {
    blob: header.encryptedDataKey,
    keyArn: header.keyArn,
    context: header.encryptionContext,
  };
  reader.take(headerLength, text.header[0], (bytes) => ({
    meaning: text.header[1],
    layer: 'management',
    value: textIn(bytes),
    ...(inside && { inside }),
  }));
  reader.take(noncePrefixLength, text.noncePrefix[0], () => ({
    meaning: text.noncePrefix[1],
    layer: 'clients',
  }));
  if (!header) throw new Unreadable(text.malformed);

  const chunks = chunkCount(header.size, header.chunkSize);
  for (let index = 0; index < chunks; index++) {
    const length = Math.min(header.chunkSize, header.size - index * header.chunkSize);
    reader.group(text.chunk[0](index + 1, chunks), text.chunk[1], () => {
      reader.take(length, text.content[0], () => ({ meaning: text.content[1], layer: 'clients' }));
      reader.take(tagLength, text.tag[0], () => ({ meaning: text.tag[1], layer: 'clients' }));
    });
  }
}

function readHeaderOf(json: Uint8Array) {
  try {
    return readHeader(json);
  } catch {
    return undefined;
  }
}
