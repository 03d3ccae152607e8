/** What the AWS CLI refuses before it sends anything (botocore, `validate.py`). */
import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { CliFailure } from '../failure.ts';
import { isMap, type Value, type Values } from '../io.ts';
import { pythonRepr, pythonType } from '../python.ts';
import { parseTime } from './parameters.ts';

/** @throws CliFailure that names everything that is wrong */
export function checkInput(members: readonly MemberModel[], input: Values): void {
  const errors = structureErrors(members, input, '');
  if (errors.length > 0) throw new CliFailure(`Parameter validation failed:\n${errors.join('\n')}`);
}

function structureErrors(members: readonly MemberModel[], value: Values, path: string): string[] {
  const place = path === '' ? 'input' : path.slice(1);
  const missing = members
    .filter(({ name, required }) => required && !Object.hasOwn(value, name))
    .map(({ name }) => `Missing required parameter in ${place}: "${name}"`);
  const names = members.map(({ name }) => name);
  const unknown = Object.keys(value)
    .filter((name) => !names.includes(name))
    .map((name) => `Unknown parameter in ${place}: "${name}", must be one of: ${names.join(', ')}`);
  const inside = Object.entries(value).flatMap(([name, inner]) => {
    const shape = members.find((member) => member.name === name)?.shape;
    return shape ? shapeErrors(shape, inner, `${path}.${name}`) : [];
  });
  return [...missing, ...unknown, ...inside];
}

function shapeErrors(shape: ShapeModel, value: Value, path: string): string[] {
  const place = path.slice(1);
  const wrongType = (...types: string[]): string[] => [
    `Invalid type for parameter ${place}, value: ${shown(value)}, type: <class '${pythonType(value)}'>, valid types: ${types.map((type) => `<class '${type}'>`).join(', ')}`,
  ];
  const tooShort = (length: number, min = 0): string[] =>
    length < min ? [`Invalid length for parameter ${place}, value: ${length}, valid min length: ${min}`] : [];
  switch (shape.type) {
    case 'string':
      return typeof value === 'string' ? tooShort(Array.from(value).length, shape.min) : wrongType('str');
    case 'integer':
      if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value))) {
        const { min = -Infinity } = shape;
        return Number(value) < min
          ? [`Invalid value for parameter ${place}, value: ${shown(value)}, valid min value: ${min}`]
          : [];
      }
      return wrongType('int');
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrongType('bool');
    case 'blob':
      if (typeof value === 'string' || value instanceof Uint8Array) return [];
      return [
        `Invalid type for parameter ${place}, value: ${shown(value)}, type: <class '${pythonType(value)}'>, valid types: <class 'bytes'>, <class 'bytearray'>, file-like object`,
      ];
    case 'timestamp':
      if (value instanceof Date || parseTime(value) !== undefined) return [];
      return [
        `Invalid type for parameter ${place}, value: ${shown(value)}, type: <class '${pythonType(value)}'>, valid types: <class 'datetime.datetime'>, timestamp-string`,
      ];
    case 'map':
      if (!isMap(value)) return wrongType('dict');
      return Object.entries(value).flatMap(([name, inner]) =>
        shapeErrors({ type: 'string' }, inner, `${path}.${name}`),
      );
    case 'list':
      if (!Array.isArray(value)) return wrongType('list', 'tuple');
      return [
        ...tooShort(value.length, shape.min),
        ...value.flatMap((item: Value, index) => shapeErrors(shape.of, item, `${path}[${index}]`)),
      ];
    case 'structure':
      return isMap(value) ? structureErrors(shape.members, value, path) : wrongType('dict');
  }
}

function shown(value: Value): string {
  return typeof value === 'string' ? value : pythonRepr(value);
}
