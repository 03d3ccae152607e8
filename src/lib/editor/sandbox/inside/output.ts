import { outputLimits, type FromWorker, type OutputLevel } from '../protocol.ts';
import { print } from './print.ts';
import { drawTable } from './table.ts';

/** The program's `console`, and how much it may say. */
export class Output {
  readonly #post: (message: FromWorker) => void;
  readonly #counts = new Map<string, number>();
  readonly #timers = new Map<string, number>();
  #entries = 0;
  #length = 0;
  #indent = '';

  constructor(post: (message: FromWorker) => void) {
    this.#post = post;
  }

  put(level: OutputLevel, text: string): void {
    const { entries, textLength, totalLength } = outputLimits;
    if (this.#entries >= entries || this.#length >= totalLength) return;
    const shown =
      text.length > textLength
        ? `${text.slice(0, textLength)}… ${text.length - textLength} more characters`
        : text;
    this.#entries++;
    this.#length += shown.length;
    this.#post({ type: 'output', level, text: shown });
    if (this.#entries >= entries || this.#length >= totalLength)
      this.#post({ type: 'output', level: 'warn', text: 'This is as much as one run may put out.' });
  }

  /** What takes the place of the worker's own console. */
  console(): Partial<Console> {
    const say =
      (level: OutputLevel) =>
      (...values: unknown[]): void =>
        this.put(level, this.#indented(format(values)));
    const log = say('log');
    const timeLog = (label = 'default', ...values: unknown[]): void => {
      const began = this.#timers.get(label);
      if (began !== undefined) log(`${label}: ${(performance.now() - began).toFixed(1)} ms`, ...values);
    };
    const group = (...values: unknown[]): void => {
      if (values.length > 0) log(...values);
      this.#indent += '  ';
    };
    return {
      log,
      info: log,
      debug: log,
      dir: (value: unknown) => log(value),
      dirxml: log,
      table: (value: unknown, only?: readonly string[]) => log(drawTable(value, only) ?? value),
      warn: say('warn'),
      error: say('error'),
      trace: say('error'),
      assert: (condition?: unknown, ...values: unknown[]) => {
        if (!condition) this.put('error', format(['Assertion failed:', ...values]));
      },
      count: (label = 'default') => {
        const count = (this.#counts.get(label) ?? 0) + 1;
        this.#counts.set(label, count);
        log(`${label}: ${count}`);
      },
      countReset: (label = 'default') => void this.#counts.delete(label),
      time: (label = 'default') => void this.#timers.set(label, performance.now()),
      timeLog,
      timeEnd: (label = 'default') => {
        timeLog(label);
        this.#timers.delete(label);
      },
      group,
      groupCollapsed: group,
      groupEnd: () => void (this.#indent = this.#indent.slice(2)),
    };
  }

  #indented(text: string): string {
    return this.#indent === '' ? text : text.replace(/^/gm, this.#indent);
  }
}

/** Strings as they are, all else as `print` writes it; `%s` and its like as the Console standard has them. */
export function format(values: unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first !== 'string' || rest.length === 0) return values.map(plain).join(' ');
  const text = first.replace(/%([sdifjoOc%])/g, (directive, letter: string) => {
    if (letter === '%') return '%';
    if (rest.length === 0) return directive;
    const value = rest.shift();
    if (letter === 'c') return '';
    if (letter === 's') return plain(value);
    if (letter === 'i') return String(Math.trunc(Number(value)));
    if (letter === 'd' || letter === 'f') return String(Number(value));
    return letter === 'j' ? JSON.stringify(value) : print(value);
  });
  return [text, ...rest.map(plain)].join(' ');
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : print(value);
}
