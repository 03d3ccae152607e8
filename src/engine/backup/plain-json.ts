import { decodeBase64, encodeBase64 } from '../declaration/base64.ts';

/**
 * JSON for the vault's values, which may hold bytes. Bytes become `{"$bytes":"<base64>"}`; an object that has a
 * member of that name itself becomes `{"$members":[[name, value], …]}`, and one with a member `$members` likewise.
 */

/** Throws TypeError for what is no plain data. */
export function toJson(value: unknown): string {
  return JSON.stringify(isJsonAsItIs(value) ? value : encoded(value));
}

export function fromJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return text.includes('"$bytes"') || text.includes('"$members"') ? decoded(value) : value;
}

/** Most records are: asking first is quicker than making a copy of each. */
function isJsonAsItIs(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isPlain(value);
  if (value instanceof Uint8Array || '$bytes' in value || '$members' in value) return false;
  for (const name in value) if (!isJsonAsItIs((value as Record<string, unknown>)[name])) return false;
  return true;
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw new TypeError(`A ${typeof value} cannot be stored.`);
  }
  return true;
}

function encoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return isPlain(value) ? value : undefined;
  if (value instanceof Uint8Array) return { $bytes: encodeBase64(value) };
  if (Array.isArray(value)) return value.map(encoded);
  const members = Object.entries(value).map(([name, member]) => [name, encoded(member)]);
  return '$bytes' in value || '$members' in value ? { $members: members } : Object.fromEntries(members);
}

function decoded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(decoded);
  const { $bytes, $members } = value as { $bytes?: string; $members?: [string, unknown][] };
  if ($bytes !== undefined) return decodeBase64($bytes);
  const members = $members ?? Object.entries(value);
  return Object.fromEntries(members.map(([name, member]) => [name, decoded(member)]));
}
