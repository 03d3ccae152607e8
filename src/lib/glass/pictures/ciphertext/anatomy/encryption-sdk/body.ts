import { ciphertextText } from '$lib/strings/ciphertext.ts';
import { numberIn, type PartReader } from '../part-reader.ts';
import { readIv, readTag } from './sealed.ts';

/** One run of encrypted content with the tag that holds it. */
export interface Frame {
  kind: 'single' | 'regular' | 'final';
  /** As it stands there; 1 for a body without frames. */
  sequence: number;
  iv: Uint8Array<ArrayBuffer>;
  content: Uint8Array<ArrayBuffer>;
  tag: Uint8Array<ArrayBuffer>;
}

const text = ciphertextText.sdk;
const finalMark = 0xffffffff;

/** Reads and names the encrypted content; `frameLength` 0: it is in one piece. Throws `Unreadable`. */
export function readBody(reader: PartReader, frameLength: number): Frame[] {
  if (frameLength === 0) return [readSingle(reader)];
  const frames: Frame[] = [];
  for (;;) {
    const isFinal = numberIn(reader.peek(4, text.sequence[0])) === finalMark;
    const number = frames.length + 1;
    const [name, meaning] = isFinal ? text.finalFrame : text.frame;
    frames.push(
      reader.group(name(number), meaning, () =>
        isFinal ? readFinal(reader) : readRegular(reader, frameLength),
      ),
    );
    if (isFinal) return frames;
  }
}

function readRegular(reader: PartReader, length: number): Frame {
  const sequence = reader.number(4, text.sequence[0], text.sequence[1]);
  return { kind: 'regular', sequence, ...readSealed(reader, () => length) };
}

function readFinal(reader: PartReader): Frame {
  reader.take(4, text.finalMark[0], () => ({ meaning: text.finalMark[1] }));
  const sequence = reader.number(4, text.sequence[0], text.sequence[1]);
  const length = () => reader.number(4, text.contentLength[0], text.contentLength[1]);
  return { kind: 'final', sequence, ...readSealed(reader, length) };
}

function readSingle(reader: PartReader): Frame {
  const length = () => reader.number(8, text.contentLength[0], text.contentLength[1]);
  return { kind: 'single', sequence: 1, ...readSealed(reader, length) };
}

function readSealed(reader: PartReader, length: () => number) {
  const iv = readIv(reader, text.iv);
  const content = reader.take(length(), text.content[0], () => ({
    meaning: text.content[1],
    layer: 'clients',
  }));
  return { iv, content, tag: readTag(reader, text.tag) };
}
