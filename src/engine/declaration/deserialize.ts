import { AwsError } from '../errors/aws-error.ts';
import type { JsonValue } from '../trace/trace.ts';
import { decodeBase64 } from './base64.ts';
import type { AnyShape, Members } from './members.ts';

type JsonObject = { [name: string]: JsonValue };

/**
 * Turns the JSON of a request into values of the declared types: blobs to bytes, timestamps to milliseconds.
 * As AWS's own framework does: members that are not declared are ignored, `null` counts as absent,
 * fractions are cut off where an integer is wanted. Absent members get their declared default. Throws `SerializationException` with AWS's wording
 * when a value has the wrong type.
 */
export function deserialize(members: Members, json: JsonObject): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const name in members) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    const member = members[name]!;
    if (value !== null && value !== undefined) input[name] = convert(member.shape, value);
    else if (member.fallback !== undefined) input[name] = member.fallback;
  }
  return input;
}

function convert(shape: AnyShape, value: JsonValue): unknown {
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? value : refuse(value, 'a String');
    case 'blob':
      return typeof value === 'string' ? blobFrom(value) : refuse(value, 'a Blob');
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : refuse(value, 'an Integer');
    case 'boolean':
      return typeof value === 'boolean' ? value : refuse(value, 'a Boolean');
    case 'timestamp':
      return typeof value === 'number' ? Math.round(value * 1000) : refuse(value, 'a Date');
    case 'map':
      return isObject(value) ? stringMapFrom(value) : refuse(value, 'a Map', 'Expected map or null');
    case 'list':
      if (!Array.isArray(value)) return refuse(value, 'a List', 'Expected list or null');
      return value.filter((item) => item !== null).map((item) => convert(shape.of, item));
    case 'structure':
      return isObject(value)
        ? deserialize(shape.members, value)
        : refuse(value, 'a Structure', 'Expected null');
  }
}

/** KMS takes numbers and booleans in an encryption context as their text (KMS API Reference, Encrypt). */
function stringMapFrom(object: JsonObject): Record<string, string> {
  const map = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(object)) {
    if (value === null) continue;
    if (typeof value === 'object') refuse(value, 'a String');
    map[name] = String(value);
  }
  return map;
}

function blobFrom(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 !== 0) {
    throw serializationError(
      `'${text}' can not be converted to a Blob: Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
    );
  }
  try {
    return decodeBase64(text);
  } catch {
    throw serializationError(`'${text}' can not be converted to a Blob: Invalid Base64 character`);
  }
}

/** Throws in the words of AWS's JSON reader, which names the kind of token that it met. */
function refuse(value: JsonValue, target: string, scalarMessage?: string): never {
  if (Array.isArray(value)) throw serializationError('Start of list found where not expected');
  if (isObject(value)) throw serializationError('Start of structure or map found where not expected.');
  const token = typeof value === 'boolean' ? String(value).toUpperCase() : (typeof value).toUpperCase();
  throw serializationError(scalarMessage ?? `${token}_VALUE can not be converted to ${target}`);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}
