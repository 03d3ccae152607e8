/** How values are written out: as Node's console does, but bytes as people compare them. */

const deepest = 5;
const mostItems = 100;
const hexLimit = 64;
const base64Limit = 256;
const lineWidth = 88;

/** Writes a value of any kind. Runs no getter of it. */
export function print(value: unknown): string {
  return new Printer().print(value, 0);
}

class Printer {
  readonly #within: object[] = [];

  print(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'string':
        return quoted(value);
      case 'bigint':
        return `${value}n`;
      case 'symbol':
        return value.toString();
      case 'function':
        return printFunction(value);
      case 'object':
        return value === null ? 'null' : this.#object(value, depth);
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      default:
        return String(value);
    }
  }

  #object(value: object, depth: number): string {
    if (this.#within.includes(value)) return '[Circular]';
    this.#within.push(value);
    try {
      return this.#known(value, depth) ?? this.#plain(value, depth);
    } finally {
      this.#within.pop();
    }
  }

  /** Kinds that have a way of their own to be written. */
  #known(value: object, depth: number): string | undefined {
    if (ArrayBuffer.isView(value)) return printBytes(value);
    if (value instanceof ArrayBuffer)
      return `ArrayBuffer(${value.byteLength}) ${asHex(new Uint8Array(value))}`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Promise) return 'Promise';
    if (value instanceof WeakMap || value instanceof WeakSet) return nameOf(value) ?? 'WeakMap';
    if (value instanceof Boolean || value instanceof Number || value instanceof String)
      return `[${nameOf(value) ?? 'Object'}: ${print(value.valueOf())}]`;
    if (depth > deepest) return Array.isArray(value) ? '[Array]' : `[${nameOf(value) ?? 'Object'}]`;
    if (Array.isArray(value)) return this.#list(value, depth, ['[', ']']);
    if (value instanceof Set) return this.#list([...value], depth, [`Set(${value.size}) {`, '}']);
    if (value instanceof Map) {
      const pairs = [...value].map(
        ([key, item]) => `${this.print(key, depth + 1)} => ${this.print(item, depth + 1)}`,
      );
      return layOut(`Map(${value.size}) {`, capped(pairs), '}', depth);
    }
    return undefined;
  }

  #list(items: unknown[], depth: number, [open, close]: [string, string]): string {
    const written = items.slice(0, mostItems).map((item) => this.print(item, depth + 1));
    if (items.length > mostItems) written.push(`… ${items.length - mostItems} more`);
    return layOut(open, written, close, depth);
  }

  #plain(value: object, depth: number): string {
    const name = nameOf(value);
    const open = name === 'Object' ? '{' : `${name ?? '[Object: null prototype]'} {`;
    return layOut(open, this.#members(value, depth), '}', depth);
  }

  #members(value: object, depth: number, except: readonly string[] = []): string[] {
    const members = Object.entries(Object.getOwnPropertyDescriptors(value))
      .filter(([name, { enumerable }]) => enumerable && !except.includes(name))
      .map(([name, property]) => {
        const key = /^[\w$]+$/.test(name) ? name : quoted(name);
        const written = property.get ? '[Getter]' : this.print(property.value, depth + 1);
        return `${key}: ${written}`;
      });
    return capped(members);
  }

  /** Name, message and stack, and then what else the error carries: of AWS's, `$metadata` and the like. */
  #error(error: Error, depth: number): string {
    // The stack was written before AWS's SDK gave the error its name and message.
    const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    const members = this.#members(error, depth, ['name', 'message', 'stack', 'cause']);
    return [
      error.message === '' ? error.name : `${error.name}: ${error.message}`,
      ...stack,
      ...(members.length > 0 ? [layOut('{', members, '}', depth)] : []),
      ...(error.cause === undefined ? [] : [`[cause]: ${this.print(error.cause, depth + 1)}`]),
    ].join('\n');
  }
}

function layOut(open: string, items: string[], close: string, depth: number): string {
  if (items.length === 0) return open.endsWith('[') || open === '{' ? open + close : `${open}${close}`;
  const oneLine = `${open} ${items.join(', ')} ${close}`;
  if (oneLine.length <= lineWidth && !oneLine.includes('\n')) return oneLine;
  const indent = '  '.repeat(depth + 1);
  return `${open}\n${items.map((item) => indent + item).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}

function capped(items: string[]): string[] {
  return items.length <= mostItems
    ? items
    : [...items.slice(0, mostItems), `… ${items.length - mostItems} more`];
}

function nameOf(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  if (prototype === null) return undefined;
  const name = prototype.constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

function printFunction(value: { name: string }): string {
  const kind = Function.prototype.toString.call(value).startsWith('class') ? 'class' : 'Function';
  return `[${kind} ${value.name || '(anonymous)'}]`;
}

function quoted(text: string): string {
  const quote = !text.includes("'") ? "'" : text.includes('"') ? '`' : '"';
  return quote + text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r') + quote;
}

function printBytes(view: ArrayBufferView): string {
  const name = nameOf(view) ?? 'Uint8Array';
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (!(view instanceof Uint8Array)) {
    const numbers = view instanceof DataView ? [...bytes] : [...(view as unknown as Iterable<unknown>)];
    return `${name}(${numbers.length}) [${capped(numbers.map(String)).join(', ')}]`;
  }
  const base64 = bytes.length <= base64Limit ? ` base64 ${asBase64(bytes)}` : '';
  return `${name}(${bytes.length}) hex ${asHex(bytes)}${base64}`;
}

function asHex(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, hexLimit), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
  return bytes.length > hexLimit ? `${shown}… ${bytes.length - hexLimit} more` : shown;
}

function asBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
