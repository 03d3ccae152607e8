/** A request in the words of the AWS CLI, version 2, to be pasted into a shell. */
import { cliName } from '../cli-name.ts';
import type { MemberModel, ShapeModel } from '../model.ts';
import { isObject, modelOf, type Asked } from './asked.ts';

/** One line, or one option a line where it would be too long. */
export function cliCommand(asked: Asked): string {
  const { service, operation, input, region } = asked;
  const model = modelOf(asked);
  const options = model && optionsFor(model.input, input);
  const parts = [
    `aws ${service} ${model?.cliName ?? cliName(operation)}`,
    `--region ${quoted(region)}`,
    // What no options say, such as members that the AWS CLI does not know.
    ...(options ?? [`--cli-input-json ${quoted(JSON.stringify(input))}`]),
  ];
  const line = parts.join(' ');
  return line.length <= 100 ? line : parts.join(' \\\n  ');
}

function optionsFor(members: readonly MemberModel[], input: Record<string, unknown>): string[] | undefined {
  const byName = new Map(members.map((member) => [member.name, member]));
  const options: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    const member = byName.get(name);
    const option = member && optionFor(member, value);
    if (option === undefined) return undefined;
    options.push(option);
  }
  return options;
}

function optionFor({ cliName: name, shape }: MemberModel, value: unknown): string | undefined {
  if (shape.type === 'boolean') {
    return typeof value === 'boolean' ? `--${value ? '' : 'no-'}${name}` : undefined;
  }
  const words = wordsFor(shape, value);
  if (!words || words.some((word) => /^fileb?:\/\//.test(word))) return undefined;
  const [only = ''] = words;
  // What begins with a hyphen would be taken for an option.
  if (words.length === 1 && only.startsWith('-')) return `--${name}=${quoted(only)}`;
  return [`--${name}`, ...words.map(quoted)].join(' ');
}

/** `undefined` where the value has not the type of the shape. */
function wordsFor(shape: ShapeModel, value: unknown): string[] | undefined {
  switch (shape.type) {
    case 'string':
    case 'blob':
      return typeof value === 'string' ? [value] : undefined;
    case 'integer':
    case 'timestamp':
      return Number.isInteger(value) ? [String(value)] : undefined;
    case 'boolean':
      return undefined;
    case 'list':
      return Array.isArray(value) ? listWords(shape.of, value) : undefined;
    case 'map':
    case 'structure':
      return isObject(value) ? [shorthand(value) ?? JSON.stringify(value)] : undefined;
  }
}

function listWords(of: ShapeModel, items: readonly unknown[]): string[] {
  const words = items.map((item) => {
    if (isObject(item)) return shorthand(item);
    return of.type === 'string' && typeof item === 'string' && isPlain(item) ? item : undefined;
  });
  const isSimple = items.length > 0 && words.every((word) => word !== undefined);
  return isSimple ? words : [JSON.stringify(items)];
}

/** `a=b,c={d=e}`, where nothing in it has a meaning of its own. */
function shorthand(value: Record<string, unknown>): string | undefined {
  const pairs = Object.entries(value).map(([name, inner]) => {
    if (!/^[\w.#/:-]+$/.test(name)) return undefined;
    const text = isObject(inner) ? nested(inner) : inner;
    return typeof text === 'string' && (isObject(inner) || isPlain(text)) ? `${name}=${text}` : undefined;
  });
  const isSimple = pairs.length > 0 && pairs.every((pair) => pair !== undefined);
  return isSimple ? pairs.join(',') : undefined;
}

function nested(value: Record<string, unknown>): string | undefined {
  const inside = shorthand(value);
  return inside === undefined ? undefined : `{${inside}}`;
}

function isPlain(text: string): boolean {
  return /^\w[\w.:/@+-]*$/.test(text);
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
