import { ciphertextText } from '$lib/strings/ciphertext.ts';
import type { PartReader } from '../part-reader.ts';
import { readBody, type Frame } from './body.ts';
import { readHeader, type Header } from './header.ts';

/**
 * Reader of messages of the AWS Encryption SDK, which names what it reads (AWS Encryption SDK Developer Guide,
 * "Message format reference": header versions 1 and 2, framed and non-framed bodies, footer).
 */

/** A message in its parts. */
export interface Message extends Header {
  frames: Frame[];
  /** Over every byte before the footer. */
  signature?: Uint8Array<ArrayBuffer>;
  signedLength: number;
}

const text = ciphertextText.sdk;

/** Reads and names a message. Throws `Unreadable`; what was read until then stays named. */
export function readEncryptionSdkMessage(reader: PartReader): Message {
  const header = reader.group(text.header[0], text.header[1], () => readHeader(reader));
  const frames = reader.group(text.body[0], text.body[1], () => readBody(reader, header.frameLength));
  const signedLength = reader.offset;
  const signature = header.suite.signature && readFooter(reader);
  return { ...header, frames, signedLength, ...(signature && { signature }) };
}

function readFooter(reader: PartReader): Uint8Array<ArrayBuffer> {
  return reader.group(text.footer[0], text.footer[1], () => {
    const length = reader.number(2, text.lengthOf(text.signature[0]), text.lengthMeaning);
    return reader.take(length, text.signature[0], () => ({ meaning: text.signature[1], layer: 'clients' }));
  });
}
