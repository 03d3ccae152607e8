/**
 * The AWS CLI's shorthand syntax: `TagKey=a,TagValue=b`, lists `a=[b,c]`, and `a={b=c}` (awscli, `shorthand.py`).
 */
import type { ShapeModel } from '$lib/operations/model.ts';
import { isMap, type Value, type Values } from '../io.ts';
import { toInteger } from './scalars.ts';

export class ShorthandError extends Error {}

const startWord = '!#-&(-+\\--<>-Z\\\\-z|-\\uffff';
const firstFollow = '\\s!#-&(-+\\--\\\\^-|~-\\uffff';
const secondFollow = '\\s!#-&(-+\\--<>-\\uffff';
const firstValue = new RegExp(`(\\\\,|[${startWord}])(\\\\,|[${firstFollow}])*`, 'y');
const secondValue = new RegExp(`(\\\\,|[${startWord}])(\\\\,|[${secondFollow}])*`, 'y');
const singleQuoted = /'(?:\\\\|\\'|[^'])*'/y;
const doubleQuoted = /"(?:\\\\|\\"|[^"])*"/y;

/** @throws ShorthandError with the place where it goes wrong */
export function parseShorthand(text: string): Values {
  return new Parser(text).parameter();
}

class Parser {
  #index = 0;

  constructor(readonly text: string) {}

  parameter(): Values {
    const found: Values = {};
    let last = 0;
    do {
      if (last > 0) this.#expect(',');
      const key = this.#key();
      this.#expect('=');
      if (Object.hasOwn(found, key)) throw this.#duplicate(key, last + 1);
      found[key] = this.#values();
      last = this.#index;
    } while (this.#index < this.text.length);
    return found;
  }

  #peek(): string | undefined {
    return this.text[this.#index];
  }

  #key(): string {
    const start = this.#index;
    while (/[A-Za-z0-9\-_.#/:]/.test(this.#peek() ?? '')) this.#index++;
    return this.text.slice(start, this.#index);
  }

  #values(): Value {
    if (this.#peek() === undefined) return '';
    if (this.#peek() === '[') return this.#list();
    if (this.#peek() === '{') return this.#hash();
    return this.#separated();
  }

  /** `a` or `a,b`; in `a,b=c` the comma belongs to what comes after. */
  #separated(): Value {
    const first = this.#first();
    this.#blanks();
    if (this.#peek() !== ',') return first;
    this.#expect(',');
    const all = [first];
    for (;;) {
      try {
        const next = this.#second();
        this.#blanks();
        if (this.#peek() === undefined) {
          all.push(next);
          break;
        }
        this.#expect(',');
        all.push(next);
      } catch (error) {
        if (!(error instanceof ShorthandError) || this.#peek() === undefined) throw error;
        while (this.#index >= 0 && this.#peek() !== ',') this.#index--;
        break;
      }
    }
    return all.length === 1 ? first : all;
  }

  #list(): Value {
    this.#expect('[');
    const all: Value[] = [];
    while (this.#peek() !== ']') {
      all.push(this.#inner());
      this.#blanks();
      if (this.#peek() !== ']') this.#expect(',');
    }
    this.#expect(']', false);
    return all;
  }

  #hash(): Value {
    this.#expect('{');
    const found: Values = {};
    while (this.#peek() !== '}') {
      const key = this.#key();
      this.#expect('=');
      const value = this.#inner();
      this.#blanks();
      if (this.#peek() !== '}') this.#expect(',');
      found[key] = value;
    }
    this.#expect('}', false);
    return found;
  }

  #inner(): Value {
    if (this.#peek() === '[') return this.#list();
    return this.#peek() === '{' ? this.#hash() : this.#first();
  }

  #first(): string {
    const quoted = this.#quoted();
    if (quoted !== undefined) return quoted;
    return unescaped(this.#match(firstValue) ?? '');
  }

  #second(): string {
    const quoted = this.#quoted();
    if (quoted !== undefined) return quoted;
    return unescaped(this.#match(secondValue) ?? this.#fail('<second>', '<none>'));
  }

  #quoted(): string | undefined {
    const quote = this.#peek();
    if (quote !== "'" && quote !== '"') return undefined;
    const [pattern, name] =
      quote === "'" ? [singleQuoted, 'singled quoted'] : [doubleQuoted, 'double quoted'];
    const matched = this.#match(pattern) ?? this.#fail(`<${name}>`, '<none>');
    return matched.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#index;
    const matched = pattern.exec(this.text)?.[0];
    this.#index += matched?.length ?? 0;
    return matched;
  }

  /** Blanks around it are passed over, except after a closing bracket. */
  #expect(character: string, withBlanks = true): void {
    if (withBlanks) this.#blanks();
    if (this.#peek() !== character) this.#fail(character, this.#peek() ?? 'EOF');
    this.#index++;
    if (withBlanks) this.#blanks();
  }

  #blanks(): void {
    while (/[ \t\n\r\v\f]/.test(this.#peek() ?? '')) this.#index++;
  }

  #fail(expected: string, received: string): never {
    throw new ShorthandError(
      `Expected: '${expected}', received: '${received}' for input:\n${this.#place(this.#index)}`,
    );
  }

  #duplicate(key: string, index: number): ShorthandError {
    return new ShorthandError(
      `Second instance of key "${key}" encountered for input:\n${this.#place(index)}\nThis is often because there is a preceding "," instead of a space.`,
    );
  }

  /** The text with a mark under the place; behind it, what comes after a line break. */
  #place(index: number): string {
    const column = index - this.text.slice(0, index).lastIndexOf('\n') - 1;
    const lineEnd = this.text.indexOf('\n', index);
    const [consumed, remaining] =
      lineEnd < 0 ? [this.text, ''] : [this.text.slice(0, lineEnd), this.text.slice(lineEnd)];
    return `${consumed}\n${' '.repeat(column)}^${remaining}`;
  }
}

function unescaped(text: string): string {
  return text.replaceAll('\\,', ',').trimEnd();
}

/** Gives the texts of shorthand the types of the shape: numbers, booleans, and one value as a list of one. */
export function typed(shape: ShapeModel, value: Value): Value {
  switch (shape.type) {
    case 'structure': {
      if (!isMap(value)) return value;
      const shapes = new Map(shape.members.map((member) => [member.name, member.shape]));
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => {
          const known = shapes.get(name);
          return [name, known ? typed(known, inner) : inner];
        }),
      );
    }
    case 'list':
      return Array.isArray(value) ? value.map((item: Value) => typed(shape.of, item)) : [value];
    case 'integer':
      return typeof value === 'string' ? toInteger(value) : value;
    case 'boolean': {
      const text = typeof value === 'string' ? value.toLowerCase() : undefined;
      return text === 'true' ? true : text === 'false' ? false : value;
    }
    default:
      return value;
  }
}
