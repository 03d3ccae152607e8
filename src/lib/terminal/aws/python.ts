/** Values as Python writes them, since the AWS CLI prints them so in places. */
import { toBase64 } from '$lib/envelope/base64.ts';
import { isMap, type Value } from './io.ts';

/** `str(value)` of what a reply holds: blobs and times are text there already. */
export function pythonText(value: Value | undefined): string {
  const plain = value === undefined ? null : plainValue(value);
  return typeof plain === 'string' ? plain : pythonRepr(plain);
}

/** `repr(value)` */
export function pythonRepr(value: Value): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Uint8Array) return `b${quoted(String.fromCharCode(...value), /[^ -~]/g)}`;
  if (value instanceof Date) return quoted(isoTime(value));
  if (isMap(value)) {
    const members = Object.entries(value).map(([name, member]) => `${quoted(name)}: ${pythonRepr(member)}`);
    return `{${members.join(', ')}}`;
  }
  return `[${value.map(pythonRepr).join(', ')}]`;
}

// eslint-disable-next-line no-control-regex -- Control characters are what it is about.
const controls = /[\u0000-\u001f\u007f]/g;

const escapes: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function quoted(text: string, unprintable = controls): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replace(
      unprintable,
      (character) => escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote;
}

/** The Python type of a value, as botocore names it in its messages. */
export function pythonType(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof Uint8Array) return 'bytes';
  return isMap(value) ? 'dict' : 'list';
}

/** As the AWS CLI shows it: blobs in Base64, times in ISO 8601 with the offset of the terminal, which is UTC. */
export function plainValue(value: Value): Value {
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof Date) return isoTime(value);
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plainValue(member)]));
  }
  return Array.isArray(value) ? value.map(plainValue) : value;
}

/** `datetime.isoformat()`: a fraction in microseconds, where there is one. */
function isoTime(time: Date): string {
  const [whole = '', fraction = ''] = time.toISOString().slice(0, -1).split('.');
  return `${whole}${fraction === '000' ? '' : `.${fraction}000`}+00:00`;
}

/** `round()`: halves go to the even neighbour. */
export function pythonRound(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
