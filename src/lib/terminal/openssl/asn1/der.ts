/** DER as X.690 has it: as much of it as keys, signatures and `asn1parse` need. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { joined } from '../io.ts';

/** One element: where its parts stand in `bytes`. */
export interface Element {
  /** Class and number: the identifier octet. Keys use no others than of one octet. */
  tag: number;
  start: number;
  headerLength: number;
  length: number;
  content: Uint8Array<ArrayBuffer>;
}

export class DerError extends Error {}

/**
 * The element that begins at `start`.
 * @throws DerError where it has no end within `bytes`
 */
export function elementAt(bytes: Uint8Array, start = 0, end = bytes.length): Element {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || start + 2 > end) throw new DerError('header too long');
  const extra = first < 0x80 ? 0 : first & 0x7f;
  if (extra > 4 || first === 0x80) throw new DerError('header too long');
  let length = extra === 0 ? first : 0;
  for (let i = 0; i < extra; i++) length = length * 256 + (bytes[start + 2 + i] ?? 0);
  const headerLength = 2 + extra;
  if (start + headerLength + length > end) throw new DerError('too long');
  const content = bytes.slice(start + headerLength, start + headerLength + length);
  return { tag, start, headerLength, length, content };
}

/** The elements that a constructed one consists of. */
export function elementsIn(content: Uint8Array): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < content.length;) {
    const element = elementAt(content, at);
    elements.push(element);
    at += element.headerLength + element.length;
  }
  return elements;
}

/** The elements of a SEQUENCE. */
export function sequenceOf(bytes: Uint8Array): Element[] {
  const element = elementAt(bytes);
  if (element.tag !== 0x30) throw new DerError('no sequence');
  return elementsIn(element.content);
}

export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = joined(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x80 | bytesOf(BigInt(length)).length, ...bytesOf(BigInt(length))];
  return joined([Uint8Array.of(tag, ...size), content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
export const octets = (content: Uint8Array) => der(0x04, content);
export const bits = (content: Uint8Array) => der(0x03, Uint8Array.of(0), content);
export const nothing = der(0x05);

/** Not negative. */
export function integer(value: bigint): Uint8Array<ArrayBuffer> {
  return der(0x02, signedBytes(value));
}

export function objectId(dotted: string): Uint8Array<ArrayBuffer> {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octetsOf = (arc: number): number[] => {
    const octets = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) octets.unshift((left & 0x7f) | 0x80);
    return octets;
  };
  return der(0x06, Uint8Array.from([first * 40 + second, ...rest].flatMap(octetsOf)));
}

export function dottedOf(content: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [first = 0n, ...rest] = arcs;
  const top = first >= 80n ? 2n : first / 40n;
  return [top, first - top * 40n, ...rest].join('.');
}

/** As a two's complement number that is not negative. */
export function signedBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(value);
  return bytes[0]! >= 0x80 ? joined([Uint8Array.of(0), bytes]) : bytes;
}

/** Big-endian and as short as may be, or of the given length. */
export function bytesOf(value: bigint, length?: number): Uint8Array<ArrayBuffer> {
  let hex = value.toString(16);
  if (hex.length % 2 > 0) hex = `0${hex}`;
  return Uint8Array.from(bytesOfHex(length === undefined ? hex : hex.padStart(length * 2, '0')));
}

export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** Of an even number of hexadecimal digits. */
export function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}
