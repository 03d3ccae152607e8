/**
 * The envelope file: a file encrypted under a data key, with the encrypted data key beside it.
 *
 * | bytes    | what                                                                      |
 * | -------- | ------------------------------------------------------------------------- |
 * | 8        | magic, ASCII `GLASSENV`                                                   |
 * | 1        | version, 1                                                                |
 * | 4        | length of the header in bytes, unsigned, big-endian, at most 65,536       |
 * | n        | header: a JSON object in UTF-8, see `EnvelopeHeader`                      |
 * | 7        | nonce prefix, random                                                      |
 * | the rest | the chunks, each its ciphertext and then its 16-byte AES-GCM tag          |
 *
 * Everything before the chunks is the preamble. The chunks are sealed in the STREAM construction (Hoang,
 * Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance", CRYPTO 2015): AES-256-GCM under the data key, with the
 * 12-byte nonce
 *
 *     nonce prefix (7) ‖ chunk number from 0 (4, big-endian) ‖ 1 for the last chunk, else 0 (1)
 *
 * so a chunk opens only in its own place, and the file only with its end. All chunks but the last hold
 * `chunkSize` bytes of plaintext; the last holds the rest. An empty file has one empty chunk.
 *
 * The additional authenticated data of every chunk is the whole preamble. Binding it into the first chunk
 * alone would do for a reader that starts at the start; binding it into all of them means that each
 * chunk proves the header by itself, needs no state from an earlier one, and can be opened at the same time
 * as others. It costs about a thousandth of the time of a 1 MiB chunk.
 */
import * as v from 'valibot';
import { fromBase64, toBase64 } from './base64.ts';
import { EnvelopeError } from './errors.ts';

export const magic = new TextEncoder().encode('GLASSENV');
export const version = 1;
export const tagLength = 16;
export const noncePrefixLength = 7;
export const maxHeaderLength = 65_536;
export const defaultChunkSize = 1 << 20;

/** Magic, version and header length. */
const fixedLength = magic.length + 1 + 4;
const maxChunks = 2 ** 32;

/** What stands in clear at the front of an envelope. Not secret, but authenticated with every chunk. */
export interface EnvelopeHeader {
  /** The KMS key that encrypted the data key. */
  keyArn: string;
  /** CiphertextBlob of GenerateDataKey; Base64 in the JSON. */
  encryptedDataKey: Uint8Array<ArrayBuffer>;
  /** What must be given to Decrypt again. */
  encryptionContext: Record<string, string>;
  fileName: string;
  /** `image/png`; empty when unknown. */
  mediaType: string;
  /** Length of the plaintext in bytes. */
  size: number;
  /** Plaintext bytes in every chunk but the last. */
  chunkSize: number;
}

/** An envelope's front, and where its chunks lie. */
export interface EnvelopeLayout {
  header: EnvelopeHeader;
  preamble: Uint8Array<ArrayBuffer>;
  noncePrefix: Uint8Array<ArrayBuffer>;
  /** How many chunks follow the preamble; at least 1. */
  chunks: number;
}

const headerSchema = v.strictObject({
  keyArn: v.string(),
  encryptedDataKey: v.pipe(
    v.string(),
    v.transform(fromBase64),
    v.custom<Uint8Array<ArrayBuffer>>(
      (bytes) => bytes instanceof Uint8Array && bytes.length > 0,
      'encryptedDataKey is not Base64',
    ),
  ),
  // Not v.record: it leaves out keys such as `constructor`, and a context must come back complete.
  encryptionContext: v.custom<Record<string, string>>(
    isStringMap,
    'encryptionContext is not a map of strings to strings',
  ),
  fileName: v.string(),
  mediaType: v.string(),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  chunkSize: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(1 << 24)),
});

/** How many chunks `size` bytes make. */
export function chunkCount(size: number, chunkSize: number): number {
  return Math.max(1, Math.ceil(size / chunkSize));
}

/** Length in bytes of the whole envelope file. */
export function envelopeLength({ header, preamble, chunks }: EnvelopeLayout): number {
  return preamble.length + header.size + chunks * tagLength;
}

/** Writes the preamble. `noncePrefix`: 7 random bytes. */
export function layOut(header: EnvelopeHeader, noncePrefix: Uint8Array<ArrayBuffer>): EnvelopeLayout {
  const json = new TextEncoder().encode(
    JSON.stringify({ ...header, encryptedDataKey: toBase64(header.encryptedDataKey) }),
  );
  if (json.length > maxHeaderLength) throw headerTooLong(json.length);
  const layout = checked(readHeader(json));

  const preamble = new Uint8Array(fixedLength + json.length + noncePrefixLength);
  preamble.set(magic);
  preamble[magic.length] = version;
  new DataView(preamble.buffer).setUint32(magic.length + 1, json.length);
  preamble.set(json, fixedLength);
  preamble.set(noncePrefix, fixedLength + json.length);
  return { ...layout, preamble, noncePrefix };
}

/**
 * Reads and checks an envelope's front, and that the file is as long as its header says.
 * Rejects with `EnvelopeError`. The header is not authenticated until a chunk has been opened.
 */
export async function readLayout(envelope: Blob): Promise<EnvelopeLayout> {
  const start = await readBytes(envelope, 0, Math.min(fixedLength, envelope.size));
  if (!magic.every((byte, index) => start[index] === byte)) {
    throw new EnvelopeError('NotAnEnvelope', 'This is not an envelope: it does not begin with GLASSENV.');
  }
  if (start.length < fixedLength) throw truncated();
  if (start[magic.length] !== version) {
    throw new EnvelopeError(
      'UnsupportedVersion',
      `This envelope has format version ${start[magic.length]}; this program reads version ${version}.`,
    );
  }
  const headerLength = new DataView(start.buffer).getUint32(magic.length + 1);
  if (headerLength > maxHeaderLength) throw headerTooLong(headerLength);

  const preambleLength = fixedLength + headerLength + noncePrefixLength;
  if (envelope.size < preambleLength) throw truncated();
  const preamble = await readBytes(envelope, 0, preambleLength);
  const layout = {
    ...checked(readHeader(preamble.subarray(fixedLength, fixedLength + headerLength))),
    preamble,
    noncePrefix: preamble.slice(fixedLength + headerLength),
  };

  const expected = envelopeLength(layout);
  if (envelope.size < expected) throw truncated();
  if (envelope.size > expected) {
    throw new EnvelopeError(
      'TrailingBytes',
      `${envelope.size - expected} bytes follow the envelope's last chunk.`,
    );
  }
  return layout;
}

/** Bytes `from` up to, not including, `to`. */
export async function readBytes(source: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const bytes = new Uint8Array(await source.slice(from, to).arrayBuffer());
    if (bytes.length === to - from) return bytes;
  } catch {
    // A file that changed or went away rejects with NotReadableError or NotFoundError; said below.
  }
  throw new EnvelopeError('Unreadable', 'The file can no longer be read. Has it been changed or moved?');
}

/** Reads the header's JSON. Throws `EnvelopeError`, MalformedHeader. */
export function readHeader(json: Uint8Array): EnvelopeHeader {
  let text: unknown;
  try {
    text = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json));
  } catch {
    throw new EnvelopeError('MalformedHeader', 'The header of this envelope is not JSON.');
  }
  const result = v.safeParse(headerSchema, text);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const member = v.getDotPath(issue);
  throw new EnvelopeError(
    'MalformedHeader',
    `The header of this envelope is malformed${member ? `, at ${member}` : ''}: ${issue.message}.`,
  );
}

function isStringMap(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}

function checked(header: EnvelopeHeader): { header: EnvelopeHeader; chunks: number } {
  const chunks = chunkCount(header.size, header.chunkSize);
  if (chunks > maxChunks) {
    throw new EnvelopeError(
      'MalformedHeader',
      `The header of this envelope is malformed, at size: more than ${maxChunks} chunks.`,
    );
  }
  return { header, chunks };
}

function truncated(): EnvelopeError {
  return new EnvelopeError('Truncated', 'This envelope is cut short: its last bytes are missing.');
}

function headerTooLong(length: number): EnvelopeError {
  return new EnvelopeError(
    'HeaderTooLong',
    `The header is ${length} bytes long; an envelope's header has at most ${maxHeaderLength}.`,
  );
}
