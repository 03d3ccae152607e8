/** YAML as the AWS CLI prints it (ruamel.yaml, block style). */
import { isMap, type Value } from '../io.ts';
import { isEmptyReply } from './json.ts';

export function yamlText(value: Value): string {
  if (isEmptyReply(value)) return '';
  if (!isMap(value) && !Array.isArray(value)) return `${JSON.stringify(value)}\n`;
  return `${block(value, 0)}\n`;
}

/** A map or a list, each entry on a line of its own. */
function block(value: Value, indent: number): string {
  if (isMap(value)) {
    const names = Object.keys(value).sort();
    if (names.length === 0) return '{}';
    return names.map((name) => entry(name, value[name]!, indent)).join(`\n${' '.repeat(indent)}`);
  }
  if (!Array.isArray(value)) return scalar(value, indent, indent);
  if (value.length === 0) return '[]';
  const items = (value as readonly Value[]).map(
    (item) => `- ${isNested(item) ? block(item, indent + 2) : scalar(item, indent, indent + 2)}`,
  );
  return items.join(`\n${' '.repeat(indent)}`);
}

function isNested(value: Value): boolean {
  return isMap(value) || Array.isArray(value);
}

function entry(name: string, value: Value, indent: number): string {
  const key = `${scalar(name, indent, indent)}:`;
  if (isMap(value) && Object.keys(value).length > 0) {
    return `${key}\n${' '.repeat(indent + 2)}${block(value, indent + 2)}`;
  }
  // Lists stand as far left as the name that they belong to.
  if (Array.isArray(value) && value.length > 0) return `${key}\n${' '.repeat(indent)}${block(value, indent)}`;
  return `${key} ${isMap(value) ? '{}' : Array.isArray(value) ? '[]' : scalar(value, indent, indent + key.length + 1)}`;
}

/** `column` is where it begins; what does not fit goes on two columns further in than `indent`. */
function scalar(value: Value, indent: number, column: number): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const margin = indent + 2;
  if (needsEscapes(value)) return doubleQuoted(value, column, margin);
  if (needsQuotes(value)) return singleQuoted(value, column, margin);
  return wrapped(value, column, margin);
}

/** What cannot be printed, lies beyond the basic plane, or has a blank at the beginning or end of a line. */
function needsEscapes(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- What cannot be printed.
  return /[\u0000-\u0009\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufeff\ud800-\udfff]|\n | \n/.test(text);
}

/** Other types of YAML 1.2: null, booleans, numbers, times, and two signs. */
const otherTypes =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|<<|=|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?|[-+]?\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?0[xob][\da-fA-F_]+|\d{4}-\d{1,2}-\d{1,2}(?:(?:[Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)?)$/;

/** What would not be read as this text without them. */
function needsQuotes(text: string): boolean {
  return (
    otherTypes.test(text) ||
    /^[-?:](?:\s|$)|^[,[\]{}#&*!|>'"%@`]|^---|^\.\.\./.test(text) ||
    /:(?:\s|$)|\s#|^\s|\s$|\n/.test(text)
  );
}

/** Lines have 80 columns; a longer one is broken at its next single blank. */
const width = 80;

function wrapped(text: string, column: number, margin: number): string {
  let out = '';
  let at = column;
  for (const [index, character] of Array.from(text).entries()) {
    const isInside = index > 0 && index < text.length - 1;
    const isSingle = character === ' ' && text[index - 1] !== ' ' && text[index + 1] !== ' ';
    if (isSingle && isInside && at > width) {
      out += `\n${' '.repeat(margin)}`;
      at = margin;
    } else {
      out += character;
      at++;
    }
  }
  return out;
}

/** A line break is doubled, since a single one would be read as a blank. */
function singleQuoted(text: string, column: number, margin: number): string {
  const lines = text.replaceAll("'", "''").split(/(\n+)/);
  const parts = lines.map((part, index) => {
    if (index % 2 === 1) return `\n${part}${' '.repeat(margin)}`;
    return wrapped(part, index === 0 ? column + 1 : margin, margin);
  });
  return `'${parts.join('')}'`;
}

const escapes: Record<string, string> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
};

function doubleQuoted(text: string, column: number, margin: number): string {
  const characters = Array.from(text);
  let out = '"';
  let at = column + 1;
  for (const [index, character] of characters.entries()) {
    const isInside = index > 0 && index < characters.length - 1;
    if (character === ' ' && isInside && characters[index - 1] !== ' ' && at > width) {
      // A blank at the beginning of a line must be kept by a sign before it.
      const sign = characters[index + 1] === ' ' ? '\\' : '';
      out += `\n${' '.repeat(margin)}${sign}`;
      at = margin + sign.length;
      continue;
    }
    const written = escaped(character);
    out += written;
    at += written.length;
  }
  return `${out}"`;
}

function escaped(character: string): string {
  const short = escapes[character];
  if (short !== undefined) return `\\${short}`;
  if (!needsEscapes(character)) return character;
  const hex = character.codePointAt(0)!.toString(16).toUpperCase();
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
