import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { fromBase64, toBase64 } from '$lib/envelope/base64.ts';
import { bytesOfHex } from '../import/material.ts';

/** A member of a request while it is being filled in, in the shape that its declaration gives it. */
export type Field =
  /** String, number, time or boolean, as typed. '' is not said. */
  | { type: 'text'; text: string }
  | {
      type: 'blob';
      encoding: 'text' | 'base64' | 'hex' | 'file';
      text: string;
      file?: string;
      fileName?: string;
    }
  | { type: 'list'; items: Field[] }
  | { type: 'map'; pairs: { name: string; value: string }[] }
  | { type: 'structure'; members: Record<string, Field> };

export type Problem = 'integer' | 'timestamp' | 'bytes';

/** What fields say: a value as JSON has it on the wire, absent where nothing is said, and what cannot be read. */
export interface Reading {
  value?: unknown;
  /** By the path of the member: `Tags.0.TagKey`. */
  problems: Record<string, Problem>;
}

/** The empty field of a shape. */
export function blankField(shape: ShapeModel): Field {
  switch (shape.type) {
    case 'blob':
      return { type: 'blob', encoding: 'text', text: '' };
    case 'list':
      return { type: 'list', items: [] };
    case 'map':
      return { type: 'map', pairs: [] };
    case 'structure':
      return { type: 'structure', members: blankFields(shape.members) };
    default:
      return { type: 'text', text: '' };
  }
}

export function blankFields(members: readonly MemberModel[]): Record<string, Field> {
  return Object.fromEntries(members.map(({ name, shape }) => [name, blankField(shape)]));
}

/** Reads what the fields of a request say. */
export function readInput(
  members: readonly MemberModel[],
  fields: Record<string, Field>,
): { input: Record<string, unknown>; problems: Record<string, Problem> } {
  const { value, problems } = readMembers(members, fields, '');
  return { input: value ?? {}, problems };
}

function read(shape: ShapeModel, field: Field, path: string): Reading {
  if (shape.type === 'structure' && field.type === 'structure') {
    const { value, problems } = readMembers(shape.members, field.members, path);
    if (!value) return { problems };
    // A text that is required may be empty, such as the value of a tag.
    const empty = shape.members.filter(
      ({ name, required, shape: { type } }) => required && type === 'string' && !(name in value),
    );
    return { value: { ...Object.fromEntries(empty.map(({ name }) => [name, ''])), ...value }, problems };
  }
  if (shape.type === 'list' && field.type === 'list') {
    const readings = field.items.map((item, index) => read(shape.of, item, `${path}.${index}`));
    const values = readings.flatMap(({ value }) => (value === undefined ? [] : [value]));
    const problems = Object.assign({}, ...readings.map((reading) => reading.problems)) as Reading['problems'];
    return { ...(values.length > 0 && { value: values }), problems };
  }
  if (field.type === 'map') {
    const pairs = field.pairs.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]);
    return { ...(pairs.length > 0 && { value: Object.fromEntries(pairs) as unknown }), problems: {} };
  }
  if (field.type === 'blob') return readBlob(field, path);
  return field.type === 'text' ? readText(shape, field.text, path) : { problems: {} };
}

function readMembers(
  members: readonly MemberModel[],
  fields: Record<string, Field>,
  path: string,
): { value?: Record<string, unknown>; problems: Record<string, Problem> } {
  const value: Record<string, unknown> = {};
  const problems: Record<string, Problem> = {};
  for (const { name, shape } of members) {
    const field = fields[name];
    if (!field) continue;
    const reading = read(shape, field, path === '' ? name : `${path}.${name}`);
    Object.assign(problems, reading.problems);
    if (reading.value !== undefined) value[name] = reading.value;
  }
  return { ...(Object.keys(value).length > 0 && { value }), problems };
}

function readText(shape: ShapeModel, text: string, path: string): Reading {
  if (text === '') return { problems: {} };
  if (shape.type === 'boolean') return { value: text === 'true', problems: {} };
  if (shape.type === 'integer') {
    return /^-?\d{1,15}$/.test(text.trim())
      ? { value: Number(text), problems: {} }
      : { problems: { [path]: 'integer' } };
  }
  if (shape.type === 'timestamp') {
    const seconds = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Date.parse(text) / 1000;
    return Number.isNaN(seconds) ? { problems: { [path]: 'timestamp' } } : { value: seconds, problems: {} };
  }
  return { value: text, problems: {} };
}

function readBlob({ encoding, text, file }: Extract<Field, { type: 'blob' }>, path: string): Reading {
  if (encoding === 'file') return { ...(file !== undefined && { value: file }), problems: {} };
  if (text === '') return { problems: {} };
  const bytes =
    encoding === 'text'
      ? new TextEncoder().encode(text)
      : encoding === 'hex'
        ? bytesOfHex(text)
        : fromBase64(text.replace(/\s/g, ''));
  return bytes ? { value: toBase64(bytes), problems: {} } : { problems: { [path]: 'bytes' } };
}
