import { bytesToHex } from '@noble/hashes/utils.js';
import { DerError, dottedOf, elementAt, type Element } from '../asn1/der.ts';
import { objectName } from '../asn1/object-names.ts';
import { pemBlocks } from '../asn1/pem.ts';
import { Failure, type Console } from '../io.ts';
import { readOptions } from '../options.ts';

const tagNames: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT',
  10: 'ENUMERATED',
  12: 'UTF8STRING',
  16: 'SEQUENCE',
  17: 'SET',
  19: 'PRINTABLESTRING',
  20: 'T61STRING',
  22: 'IA5STRING',
  23: 'UTCTIME',
  24: 'GENERALIZEDTIME',
};

const classNames = ['', 'appl', 'cont', 'priv'];

/** `openssl asn1parse`: a structure, element by element. */
export async function asn1parse(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('asn1parse', args, {
    in: 'value',
    inform: 'value',
    out: 'value',
    noout: 'flag',
    i: 'flag',
    offset: 'number',
    length: 'number',
    strparse: 'number',
  });
  const file = await console.input(options.get('in'));
  const isDer = options.get('inform')?.toUpperCase() === 'DER';
  const whole = isDer ? file : pemBlocks(file)[0]?.bytes;
  if (!whole) throw new Failure('Error: offset out of range');
  const inner = options.has('strparse') ? contentAt(whole, options.number('strparse', 0)) : whole;
  const offset = options.number('offset', 0);
  const bytes = inner.slice(offset, offset + options.number('length', inner.length));
  if (bytes.length === 0) throw new Failure('Error: offset out of range');
  const out = options.get('out');
  if (out !== undefined) await console.output(out, bytes);
  if (options.has('noout')) return;
  const lines: string[] = [];
  const isWhole = walk(bytes, 0, bytes.length, 0, options.has('i'), lines);
  await console.output(undefined, lines.join(''));
  if (!isWhole) throw new Failure('Error parsing structure');
}

/** What stands in the element at an offset; of a BIT STRING without the count of unused bits. */
function contentAt(bytes: Uint8Array, offset: number): Uint8Array {
  try {
    const { tag, content } = elementAt(bytes, offset);
    return tag === 0x03 ? content.slice(1) : content;
  } catch {
    throw new Failure('Error parsing structure');
  }
}

/** Whether everything could be read. */
function walk(
  bytes: Uint8Array,
  start: number,
  end: number,
  depth: number,
  indent: boolean,
  lines: string[],
): boolean {
  for (let at = start; at < end;) {
    let element: Element;
    try {
      element = elementAt(bytes, at, end);
    } catch (error) {
      if (error instanceof DerError) return false;
      throw error;
    }
    lines.push(lineOf(element, depth, indent));
    const content = at + element.headerLength;
    const next = content + element.length;
    if ((element.tag & 0x20) !== 0 && !walk(bytes, content, next, depth + 1, indent, lines)) return false;
    at = next;
  }
  return true;
}

function lineOf(element: Element, depth: number, indent: boolean): string {
  const { tag, start, headerLength, length } = element;
  const number = tag & 0x1f;
  const tagClass = classNames[tag >> 6];
  const name = tagClass ? `${tagClass} [ ${number} ]` : (tagNames[number] ?? `<ASN1 ${number}>`);
  const head = `${String(start).padStart(5)}:d=${depth}  hl=${headerLength} l=${String(length).padStart(4)}`;
  const kind = (tag & 0x20) === 0 ? 'prim' : 'cons';
  return `${head} ${kind}: ${indent ? ' '.repeat(depth) : ''}${name.padEnd(18)}${valueOf(element)}\n`;
}

function valueOf({ tag, content, length }: Element): string {
  const upper = bytesToHex(content).toUpperCase();
  switch (tag) {
    case 0x01:
      return `:${content[0] ?? 0}`;
    case 0x02:
    case 0x0a:
      return `:${upper.replace(/^00(?=[89A-F])/, '')}`;
    case 0x04:
      return length === 0 ? '' : octetsOf(content, upper);
    case 0x06:
      return `:${objectName(dottedOf(content))}`;
    case 0x0c:
    case 0x13:
    case 0x14:
    case 0x16:
    case 0x17:
    case 0x18:
      return `:${new TextDecoder().decode(content)}`;
    default:
      return '';
  }
}

/** Text where all of it can be printed. */
function octetsOf(content: Uint8Array, upper: string): string {
  const isText = content.every((byte) => (byte >= 0x20 && byte <= 0x7e) || [9, 10, 13].includes(byte));
  return isText ? `:${new TextDecoder().decode(content)}` : `[HEX DUMP]:${upper}`;
}
