import * as sdk from '@aws-sdk/client-kms';

/**
 * AWS's own model of the KMS API, as the SDK for JavaScript carries it: what each request and reply may hold. A
 * source that is not ours, to hold the declarations and every reply of the tests against.
 */

/** Smithy's schema sentinels (`@smithy/types`, schema/sentinels): simple types by number, with a bit for lists and maps. */
type Schema = number | StructureSchema | ListSchema | MapSchema | [Schema, unknown] | (() => Schema);
type StructureSchema = [3 | -3, string, string, unknown, string[], Schema[], number?];
type ListSchema = [1, string, string, unknown, Schema];
type MapSchema = [2, string, string, unknown, Schema, Schema];
type OperationSchema = [9, string, string, unknown, () => StructureSchema, () => StructureSchema];

const schemas = sdk as unknown as Record<string, unknown>;

/** All operations of the model, by name. */
export const modelOperations: ReadonlyMap<string, { input: StructureSchema; output: StructureSchema }> =
  new Map(
    Object.values(schemas)
      .filter((value): value is OperationSchema => Array.isArray(value) && value[0] === 9)
      .map(([, , name, , input, output]) => [name, { input: input(), output: output() }]),
  );

export interface ModelMember {
  name: string;
  required: boolean;
  type: string;
}

/** The members of a structure; the model lists the required ones first. */
export function modelMembers([, , , , names, types, required = 0]: StructureSchema): ModelMember[] {
  return names.map((name, index) => ({ name, required: index < required, type: typeOf(types[index]!) }));
}

/** What in `value` the schema does not allow, as paths; empty when all is well. */
export function violations(schema: Schema, value: unknown, path = ''): string[] {
  const bare = resolve(schema);
  if (typeof bare === 'number') return isOfType(bare, value) ? [] : [`${path} is no ${typeOf(bare)}`];
  switch (bare[0]) {
    case 1:
      return listViolations(bare[4], value, path);
    case 2:
      return isObject(value) ? [] : [`${path} is no map`];
    default:
      return structureViolations(bare, value, path);
  }
}

function structureViolations(
  [, , , , names, types]: StructureSchema,
  value: unknown,
  path: string,
): string[] {
  if (!isObject(value)) return [`${path} is no structure`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const index = names.indexOf(name);
    const inside = path === '' ? name : `${path}.${name}`;
    return index < 0 ? [`${inside} is not in the model`] : violations(types[index]!, inner, inside);
  });
}

function listViolations(of: Schema, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, index) => violations(of, item, `${path}[${index}]`));
}

function resolve(schema: Schema): number | StructureSchema | ListSchema | MapSchema {
  if (typeof schema === 'function') return resolve(schema());
  // A schema with traits, such as `sensitive`, around it.
  if (Array.isArray(schema) && schema.length === 2) return resolve(schema[0]);
  // A simple type that has a name of its own: [0, namespace, name, traits, type].
  if (Array.isArray(schema) && (schema as unknown[])[0] === 0) return (schema as unknown[])[4] as number;
  return schema;
}

const listBit = 0b0100_0000;
const mapBit = 0b1000_0000;

const simpleTypes = new Map([
  [0, 'string'],
  [1, 'integer'],
  [2, 'boolean'],
  [4, 'timestamp'],
  [0b0001_0101, 'blob'],
]);

function typeOf(schema: Schema): string {
  const bare = resolve(schema);
  if (typeof bare !== 'number') return bare[0] === 1 ? 'list' : bare[0] === 2 ? 'map' : 'structure';
  if (bare & listBit) return 'list';
  if (bare & mapBit) return 'map';
  return simpleTypes.get(bare) ?? String(bare);
}

function isOfType(type: number, value: unknown): boolean {
  switch (typeOf(type)) {
    case 'string':
    case 'blob':
      return typeof value === 'string';
    case 'integer':
    case 'timestamp':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return Array.isArray(value);
    case 'map':
      return isObject(value);
    default:
      return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
