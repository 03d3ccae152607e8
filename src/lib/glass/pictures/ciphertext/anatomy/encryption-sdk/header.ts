import { ciphertextText } from '$lib/strings/ciphertext.ts';
import { numberIn, textIn, Unreadable, type PartReader } from '../part-reader.ts';
import { readIv, readTag } from './sealed.ts';
import { suites, type Suite } from './suites.ts';

export interface EncryptedDataKey {
  /** `aws-kms` for what KMS has encrypted. */
  provider: string;
  /** Key ARN, where the provider is KMS. */
  keyArn: string;
  blob: Uint8Array<ArrayBuffer>;
}

/** What stands in front of the encrypted content. */
export interface Header {
  suiteId: number;
  suite: Suite;
  messageId: Uint8Array<ArrayBuffer>;
  context: Record<string, string>;
  dataKeys: EncryptedDataKey[];
  /** Bytes of plaintext in a frame; 0: the body has no frames. */
  frameLength: number;
  /** Holds the message to one data key; committing suites only. */
  commitment?: Uint8Array<ArrayBuffer>;
  /** Length of what the header's tag holds: every byte before the header's own IV and tag. */
  headerLength: number;
  /** 12 zero bytes in version 2, where it is not written down. */
  headerIv: Uint8Array<ArrayBuffer>;
  headerTag: Uint8Array<ArrayBuffer>;
}

const text = ciphertextText.sdk;
const framed = 2;
const unframed = 1;

/** Reads and names the header. Throws `Unreadable`. */
export function readHeader(reader: PartReader): Header {
  const version = reader.number(1, text.version[0], text.version[1]);
  if (version === 1) {
    const [type] = reader.take(1, text.type[0], () => ({ meaning: text.type[1] }));
    if (type !== 0x80) throw new Unreadable(text.otherType);
  } else if (version !== 2) throw new Unreadable(text.otherVersion(version));

  const { suiteId, suite } = readSuite(reader, version);
  const messageId = reader.take(version === 1 ? 16 : 32, text.messageId[0], () => ({
    meaning: text.messageId[1],
    layer: 'clients',
  }));
  const context = readContext(reader);
  const dataKeys = readDataKeys(reader, context);
  const contentType = reader.number(1, text.contentType[0], text.contentType[1]);
  if (contentType !== framed && contentType !== unframed) throw new Unreadable(text.otherContentType);
  if (version === 1) {
    const reserved = reader.take(4, text.reserved[0], () => ({ meaning: text.reserved[1] }));
    if (numberIn(reserved) !== 0) throw new Unreadable(text.reservedUsed);
    if (reader.number(1, text.ivLength[0], text.ivLength[1]) !== 12) {
      throw new Unreadable(text.otherIvLength);
    }
  }
  const frameLength = reader.number(4, text.frameLength[0], text.frameLength[1]);
  if ((contentType === framed) !== frameLength > 0) throw new Unreadable(text.otherFrameLength);
  const commitment = suite.commits
    ? reader.take(32, text.commitment[0], () => ({ meaning: text.commitment[1], layer: 'clients' }))
    : undefined;
  const headerLength = reader.offset;
  const headerIv = version === 1 ? readIv(reader, text.headerIv) : new Uint8Array(12);
  const headerTag = readTag(reader, text.headerTag);
  return {
    ...{ suiteId, suite, messageId, context, dataKeys, frameLength, headerLength, headerIv, headerTag },
    ...(commitment && { commitment }),
  };
}

function readSuite(reader: PartReader, version: number): { suiteId: number; suite: Suite } {
  const suiteId = numberIn(
    reader.take(2, text.suite[0], (bytes) => ({
      meaning: text.suite[1],
      value: suites.get(numberIn(bytes))?.name ?? text.noSuite,
    })),
  );
  const suite = suites.get(suiteId);
  if (!suite) throw new Unreadable(text.unknownSuite(suiteId));
  if (suite.format !== version) throw new Unreadable(text.suiteOfOtherVersion(suite.name, suite.format));
  return { suiteId, suite };
}

/** The encryption context: AAD of the header, and what KMS is given to open the data keys. */
function readContext(reader: PartReader): Record<string, string> {
  return reader.group(text.aad[0], text.aad[1], () => {
    const length = reader.number(2, text.aadLength[0], text.aadLength[1]);
    const end = reader.offset + length;
    const pairs: [string, string][] = [];
    if (length > 0) {
      const count = reader.number(2, text.pairCount[0], text.pairCount[1]);
      for (let index = 0; index < count; index++) {
        const key = readText(reader, text.pairKey);
        pairs.push([key, readText(reader, text.pairValue)]);
      }
    }
    if (reader.offset !== end) throw new Unreadable(text.otherAadLength);
    return Object.fromEntries(pairs);
  });
}

function readText(reader: PartReader, [what, meaning]: readonly [string, string]): string {
  const length = reader.number(2, text.lengthOf(what), text.lengthMeaning);
  const bytes = reader.take(length, what, (taken) => ({
    meaning,
    layer: 'management',
    value: textIn(taken),
  }));
  return textIn(bytes);
}

function readDataKeys(reader: PartReader, context: Record<string, string>): EncryptedDataKey[] {
  const count = reader.number(2, text.keyCount[0], text.keyCount[1]);
  if (count === 0) throw new Unreadable(text.noKeys);
  return Array.from({ length: count }, (_, index) =>
    reader.group(text.dataKey[0](index + 1, count), text.dataKey[1], () => {
      const provider = readText(reader, text.provider);
      const keyArn = readText(reader, text.providerInfo);
      const length = reader.number(2, text.lengthOf(text.encryptedKey[0]), text.lengthMeaning);
      const blob = reader.take(length, text.encryptedKey[0], (bytes) => ({
        meaning: text.encryptedKey[1],
        layer: 'storage',
        ...(provider === 'aws-kms' && { inside: { blob: bytes.slice(), keyArn, context } }),
      }));
      return { provider, keyArn, blob };
    }),
  );
}
