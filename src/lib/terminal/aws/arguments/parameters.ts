/** From the words of an argument to a value of the request (awscli, `argprocess.py`). */
import type { MemberModel, ShapeModel } from '$lib/operations/model.ts';
import { CliFailure, parameterFailure } from '../failure.ts';
import { isMap, type AwsIo, type Value, type Values } from '../io.ts';
import type { Option, Parsed } from './argparse.ts';
import { fileBehind } from './files.ts';
import { pythonRepr } from '../python.ts';
import { parseJson } from './json.ts';
import { fromBase64Text, toInteger } from './scalars.ts';
import { parseShorthand, ShorthandError, typed } from './shorthand.ts';

/** The options of an operation's own members. */
export function memberOptions(members: readonly MemberModel[]): Option[] {
  return members.flatMap(({ cliName, required, shape }): Option[] => {
    const flag = `--${cliName}`;
    if (shape.type === 'boolean') {
      return [
        { flag, place: cliName, takes: 'nothing', constant: true },
        { flag: `--no-${cliName}`, place: cliName, takes: 'nothing', constant: false },
      ];
    }
    return [{ flag, place: cliName, takes: shape.type === 'list' ? 'many' : 'one', required }];
  });
}

/** The members that were given, each of its type. Blobs may still be text: `decodeBlobs` reads them. */
export async function readParameters(
  io: AwsIo,
  members: readonly MemberModel[],
  parsed: Parsed,
): Promise<Values> {
  const input: Values = {};
  for (const { name, cliName, shape } of members) {
    const given = parsed.get(cliName);
    if (given === undefined) continue;
    input[name] =
      typeof given === 'boolean' || typeof given === 'number'
        ? given
        : await readParameter(io, `--${cliName}`, shape, given);
  }
  return input;
}

async function readParameter(
  io: AwsIo,
  cliName: string,
  shape: ShapeModel,
  given: string | string[],
): Promise<Value> {
  const single = Array.isArray(given) ? (given.length === 1 ? given[0] : undefined) : given;
  const content = single === undefined ? undefined : await fileBehind(io, cliName, single);
  if (content instanceof Uint8Array) return content;
  return unpacked(cliName, shape, content ?? given);
}

function unpacked(cliName: string, shape: ShapeModel, given: string | string[]): Value {
  if (takesShorthand(shape) && !looksLikeJson(given)) return fromShorthand(cliName, shape, given);
  if (shape.type === 'list') return listOf(cliName, shape, given);
  return plain(cliName, shape, given as string);
}

/** Structures, maps, and lists of them. */
function takesShorthand(shape: ShapeModel): boolean {
  return isNested(shape.type === 'list' ? shape.of : shape);
}

function isNested({ type }: ShapeModel): boolean {
  return type === 'structure' || type === 'map' || type === 'list';
}

function looksLikeJson(given: string | string[]): boolean {
  const first = Array.isArray(given) ? given[0] : given;
  return first !== undefined && /^\s*[[{]/.test(first);
}

function fromShorthand(cliName: string, shape: ShapeModel, given: string | string[]): Value {
  try {
    return typed(shape, Array.isArray(given) ? given.map(parseShorthand) : parseShorthand(given));
  } catch (error) {
    throw error instanceof ShorthandError ? parameterFailure(cliName, error.message) : error;
  }
}

function listOf(cliName: string, shape: ShapeModel & { type: 'list' }, given: string | string[]): Value {
  const alone = Array.isArray(given) ? (given.length === 1 ? given[0]! : '') : given;
  if (/^\s*\[/.test(alone)) return parseJson(cliName, alone);
  // A text without brackets is taken character by character, as Python goes through it.
  return Array.from(given, (word) => plain(cliName, shape.of, word));
}

function plain(cliName: string, shape: ShapeModel, word: string): Value {
  switch (shape.type) {
    case 'structure':
    case 'map':
      if (/^\s*\{/.test(word)) return parseJson(cliName, word);
      throw parameterFailure(cliName, `Invalid JSON:\n${word}`);
    case 'integer':
      return toInteger(word);
    default:
      return word;
  }
}

/** Reads the blobs that were given as text: as Base64, or as the bytes themselves. */
export function decodeBlobs(
  members: readonly MemberModel[],
  input: Values,
  format: 'base64' | 'raw-in-base64-out',
): Values {
  const decode = (shape: ShapeModel, value: Value): Value => {
    if (shape.type === 'blob' && typeof value === 'string') {
      return format === 'base64' ? fromBase64Text(value) : new TextEncoder().encode(value);
    }
    if (shape.type === 'structure' && isMap(value)) return decodeBlobs(shape.members, value, format);
    return value;
  };
  const shapes = new Map(members.map(({ name, shape }) => [name, shape]));
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const shape = shapes.get(name);
      return [name, shape ? decode(shape, value) : value];
    }),
  );
}

/** Times as the service wants them; what is none was refused by `checkInput`. */
export function readTimes(members: readonly MemberModel[], input: Values): Values {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => {
      const shape = members.find((member) => member.name === name)?.shape;
      return [name, shape?.type === 'timestamp' ? timeFrom(value) : value];
    }),
  );
}

/** Seconds since 1970, or what reads as a date; without an offset it is the terminal's time, UTC. Fractions are cut off. */
function timeFrom(value: Value): Value {
  const time = parseTime(value);
  if (time === undefined) throw new CliFailure(`Invalid timestamp ${pythonRepr(value)}`);
  return new Date(Math.floor(time / 1000) * 1000);
}

/** In milliseconds since 1970. */
export function parseTime(value: Value): number | undefined {
  if (typeof value === 'number') return value * 1000;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const hasZone = /(Z|[+-]\d{2}:?\d{2}|GMT|UTC)$/i.test(text);
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) || hasZone ? text : `${text}Z`);
  return Number.isNaN(time) ? undefined : time;
}
