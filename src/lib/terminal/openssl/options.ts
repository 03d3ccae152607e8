import { Failure } from './io.ts';

/** Of each option: whether a value follows, and whether the option may stand several times. */
export type OptionKinds = Readonly<Record<string, 'flag' | 'value' | 'values' | 'number'>>;

/** Options as they were given, by name. */
export class Options {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** What is no option. */
  readonly operands: readonly string[];

  constructor(values: ReadonlyMap<string, readonly string[]>, operands: readonly string[]) {
    this.#values = values;
    this.operands = operands;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The last one counts, as with the program. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  number(name: string, fallback: number): number {
    return Number(this.get(name) ?? fallback);
  }
}

/**
 * Reads a subcommand's options the way `opt_next` of the program does: one dash or two, values apart; what is unknown is
 * offered to `other`, which takes it or not (names of digests and ciphers are options too).
 * @throws Failure in the words of the program
 */
export function readOptions(
  command: string,
  args: readonly string[],
  kinds: OptionKinds,
  other: (name: string) => boolean = () => false,
): Options {
  const values = new Map<string, string[]>();
  const usage = (line: string) => new Failure(`${command}: ${line}\n${command}: Use -help for summary.`);
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at]!;
    if (!arg.startsWith('-') || arg === '-') break;
    if (arg === '--') {
      at++;
      break;
    }
    const name = arg.replace(/^--?/, '');
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) {
      if (!other(name)) throw usage(`Unknown option: -${name}`);
      values.set('', [name]);
      continue;
    }
    if (kind === 'flag') {
      values.set(name, []);
      continue;
    }
    const value = args[++at];
    if (value === undefined) throw usage(`Option -${name} needs a value`);
    if (kind === 'number') mustBeNumber(command, value);
    values.set(name, kind === 'values' ? [...(values.get(name) ?? []), value] : [value]);
  }
  return new Options(values, args.slice(at));
}

/** @throws Failure as the program says it */
export function mustBeNumber(command: string, text: string): number {
  if (/^-?(0x[\da-f]+|\d+)$/i.test(text)) return Number(text);
  throw new Failure(`${command}: Can't parse "${text}" as a number\n${command}: Use -help for summary.`);
}

/** `name:value` of -pkeyopt, -sigopt and -macopt. */
export function pairOf(option: string): { name: string; value: string } {
  const [, name = option, value = ''] = /^([^:]*):(.*)$/s.exec(option) ?? [];
  return { name, value };
}
