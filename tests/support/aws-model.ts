import { resolve, typeOf, type Schema, type StructureSchema } from '../../scripts/operations/aws-model.ts';

export { modelMembers, modelOperations } from '../../scripts/operations/aws-model.ts';

/** Holds every reply of the tests against AWS's own model. */

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
