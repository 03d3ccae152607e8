import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';

/** One line of a file: its content's CRC-32 in eight hex digits, a space, the content, a line feed. */
export function sealedLine(content: string): string {
  return `${checksum(content)} ${content}\n`;
}

export interface Line {
  /** `undefined`: the checksum does not match, or the line has no end. */
  content: string | undefined;
  /** Where the line ends in the file, in bytes. */
  end: number;
}

/** Reads a file of sealed lines. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let end = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const data: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let start = 0;
    for (let at = data.indexOf(lineFeed); at >= 0; at = data.indexOf(lineFeed, start)) {
      end += at + 1 - start;
      yield { content: opened(data.toString('utf8', start, at)), end };
      start = at + 1;
    }
    rest = data.subarray(start);
  }
  if (rest.length > 0) yield { content: undefined, end: end + rest.length };
}

const lineFeed = 0x0a;

function opened(line: string): string | undefined {
  const content = line.slice(9);
  return line.startsWith(`${checksum(content)} `) ? content : undefined;
}

function checksum(content: string): string {
  return crc32(content).toString(16).padStart(8, '0');
}
