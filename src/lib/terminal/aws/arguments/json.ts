import { parameterFailure } from '../failure.ts';
import type { Value } from '../io.ts';

/** @throws CliFailure in the AWS CLI's words */
export function parseJson(cliName: string, text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    throw parameterFailure(cliName, `Invalid JSON: ${whatIsWrong(text)}\nJSON received: ${text}`);
  }
}

/** What Python's `json` would say, as far as it goes wrong in one of the usual ways. */
function whatIsWrong(text: string): string {
  const reader = new Reader(text);
  try {
    reader.blanks();
    reader.value();
    reader.blanks();
    return reader.at(reader.index, 'Extra data');
  } catch (error) {
    return (error as Error).message;
  }
}

class Reader {
  index = 0;

  constructor(readonly text: string) {}

  value(): void {
    const character = this.text[this.index];
    if (character === '{') this.#object();
    else if (character === '[') this.#list();
    else if (character === '"') this.#string();
    else this.#literal();
  }

  #literal(): void {
    const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity)/y;
    literal.lastIndex = this.index;
    const found = literal.exec(this.text)?.[0];
    if (found === undefined) throw this.#error(this.index, 'Expecting value');
    this.index += found.length;
  }

  blanks(): void {
    while (/[ \t\n\r]/.test(this.text[this.index] ?? '')) this.index++;
  }

  at(index: number, what: string): string {
    const before = this.text.slice(0, index);
    const line = before.split('\n').length;
    return `${what}: line ${line} column ${index - before.lastIndexOf('\n')} (char ${index})`;
  }

  #error(index: number, what: string): Error {
    return new Error(this.at(index, what));
  }

  #object(): void {
    this.index++;
    this.blanks();
    if (this.text[this.index] === '}') {
      this.index++;
      return;
    }
    for (;;) {
      if (this.text[this.index] !== '"') {
        throw this.#error(this.index, 'Expecting property name enclosed in double quotes');
      }
      this.#string();
      this.blanks();
      if (this.text[this.index] !== ':') throw this.#error(this.index, "Expecting ':' delimiter");
      this.index++;
      this.blanks();
      this.value();
      this.blanks();
      if (this.text[this.index] === '}') {
        this.index++;
        return;
      }
      if (this.text[this.index] !== ',') throw this.#error(this.index, "Expecting ',' delimiter");
      this.index++;
      this.blanks();
    }
  }

  #list(): void {
    this.index++;
    this.blanks();
    if (this.text[this.index] === ']') {
      this.index++;
      return;
    }
    for (;;) {
      this.value();
      this.blanks();
      if (this.text[this.index] === ']') {
        this.index++;
        return;
      }
      if (this.text[this.index] !== ',') throw this.#error(this.index, "Expecting ',' delimiter");
      this.index++;
      this.blanks();
    }
  }

  #string(): void {
    const start = this.index++;
    for (;;) {
      const character = this.text[this.index];
      if (character === undefined) throw this.#error(start, 'Unterminated string starting at');
      if (character === '"') {
        this.index++;
        return;
      }
      if (character < ' ') throw this.#error(this.index, 'Invalid control character at');
      if (character !== '\\') this.index++;
      else if (/["\\/bfnrtu]/.test(this.text[this.index + 1] ?? '')) this.index += 2;
      else throw this.#error(this.index, 'Invalid \\escape');
    }
  }
}
