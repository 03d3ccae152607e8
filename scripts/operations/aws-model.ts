import * as sdk from '@aws-sdk/client-kms';

/**
 * AWS's own model of the KMS API, as the SDK for JavaScript carries it: what each request and reply may hold. A
 * source that is not ours.
 */

/** Smithy's schema sentinels (`@smithy/types`, schema/sentinels): simple types by number, with a bit for lists and maps. */
export type Schema = number | StructureSchema | ListSchema | MapSchema | [Schema, unknown] | (() => Schema);
export type StructureSchema = [3 | -3, string, string, unknown, string[], Schema[], number?];
export type ListSchema = [1, string, string, unknown, Schema];
export type MapSchema = [2, string, string, unknown, Schema, Schema];
/** `unit` where there is nothing to say. */
type OperationSchema = [9, string, string, unknown, () => StructureSchema, () => StructureSchema | 'unit'];

const unit: StructureSchema = [3, 'smithy.api', 'Unit', 0, [], []];

const schemas = sdk as unknown as Record<string, unknown>;

/** All operations of the model, by name. */
export const modelOperations: ReadonlyMap<string, { input: StructureSchema; output: StructureSchema }> =
  new Map(
    Object.values(schemas)
      .filter((value): value is OperationSchema => Array.isArray(value) && value[0] === 9)
      .map(([, , name, , input, output]) => {
        const given = output();
        return [name, { input: input(), output: given === 'unit' ? unit : given }];
      }),
  );

export interface ModelMember {
  name: string;
  required: boolean;
  type: string;
  schema: Schema;
}

/** The members of a structure; the model lists the required ones first. */
export function modelMembers([, , , , names, types, required = 0]: StructureSchema): ModelMember[] {
  return names.map((name, index) => {
    const schema = types[index]!;
    return { name, required: index < required, type: typeOf(schema), schema };
  });
}

/** The schema without the traits, names and thunks around it. */
export function resolve(schema: Schema): number | StructureSchema | ListSchema | MapSchema {
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

export function typeOf(schema: Schema): string {
  const bare = resolve(schema);
  if (typeof bare !== 'number') return bare[0] === 1 ? 'list' : bare[0] === 2 ? 'map' : 'structure';
  if (bare & listBit) return 'list';
  if (bare & mapBit) return 'map';
  return simpleTypes.get(bare) ?? String(bare);
}

/** What a list is a list of. */
export function itemSchema(schema: Schema): Schema {
  const bare = resolve(schema);
  return typeof bare === 'number' ? bare & ~listBit : (bare[4] as Schema);
}
