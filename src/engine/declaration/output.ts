import type { JsonValue } from '../trace/trace.ts';
import { encodeBase64 } from './base64.ts';

/** A moment in a reply. AWS JSON 1.1 writes it as epoch seconds with milliseconds as the fraction. */
export class Timestamp {
  constructor(
    /** Milliseconds since the Unix epoch. */
    readonly milliseconds: number,
  ) {}
}

export type OutputValue =
  | undefined
  | string
  | number
  | boolean
  | Uint8Array
  | Timestamp
  | readonly OutputValue[]
  | { readonly [name: string]: OutputValue };

/** A reply's members: bytes become base64, timestamps epoch seconds, `undefined` members are left out. */
export function writeOutput(output: { readonly [name: string]: OutputValue }): { [name: string]: JsonValue } {
  const json: { [name: string]: JsonValue } = {};
  for (const name in output) {
    const value = output[name];
    if (value !== undefined) json[name] = write(value);
  }
  return json;
}

function write(value: Exclude<OutputValue, undefined>): JsonValue {
  if (value instanceof Uint8Array) return encodeBase64(value);
  if (value instanceof Timestamp) return value.milliseconds / 1000;
  if (isList(value)) return value.flatMap((item) => (item === undefined ? [] : [write(item)]));
  return typeof value === 'object' ? writeOutput(value) : value;
}

function isList(value: OutputValue): value is readonly OutputValue[] {
  return Array.isArray(value);
}
