import type { JsonValue } from '../trace/trace.ts';
import { deserialize } from './deserialize.ts';
import type { AnyShape, InputOf, Members } from './members.ts';
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
  const shown = auditedMembers(members, input);
  return Object.keys(shown).length > 0 ? shown : null;
}

function auditedMembers(members: Members, values: Record<string, unknown>): { [name: string]: JsonValue } {
  const shown: { [name: string]: JsonValue } = {};
  for (const name in members) {
    const { shape } = members[name]!;
    const value = values[name];
    if (value === undefined || shape.type === 'blob' || shape.hidden) continue;
    shown[lowerCamel(name)] = audited(shape, value);
  }
  return shown;
}

function audited(shape: AnyShape, value: unknown): JsonValue {
  switch (shape.type) {
    case 'list':
      return (value as unknown[]).map((item) => audited(shape.of, item));
    case 'structure':
      return auditedMembers(shape.members, value as Record<string, unknown>);
    case 'map':
      // The names in a map are the client's own. Not by assignment, which would lose one that is `__proto__`.
      return Object.fromEntries(Object.entries(value as Record<string, string>));
    default:
      return value as JsonValue;
  }
}
