import type { JsonValue } from '../trace/trace.ts';
import { deserialize } from './deserialize.ts';
import type { InputOf, Members } from './members.ts';
import { lowerCamel, validate } from './validate.ts';

/**
 * Reads the JSON body of a request by its declaration.
 * Throws `SerializationException` (wrong types) or `ValidationException` (violated constraints).
 */
export function readInput<M extends Members>(members: M, json: { [name: string]: JsonValue }): InputOf<M> {
  const input = deserialize(members, json);
  validate(members, input);
  return input as InputOf<M>;
}

/**
 * What CloudTrail shows of an input: lowerCamelCase names; blobs and hidden members never appear
 * (KMS Developer Guide, "Logging AWS KMS API calls"). `null` when nothing is left.
 */
export function auditedParameters<M extends Members>(
  members: M,
  input: InputOf<M>,
): { [name: string]: JsonValue } | null {
  const shown: { [name: string]: JsonValue } = {};
  for (const name in members) {
    const { shape } = members[name]!;
    const value = (input as Record<string, unknown>)[name];
    if (value === undefined || shape.type === 'blob' || shape.hidden) continue;
    shown[lowerCamel(name)] = audited(value);
  }
  return Object.keys(shown).length > 0 ? shown : null;
}

function audited(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(audited);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  // Not by assignment, which would lose a pair that is named `__proto__`.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !(inner instanceof Uint8Array))
      .map(([name, inner]) => [name, audited(inner)]),
  );
}
