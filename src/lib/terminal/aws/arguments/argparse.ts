/** Reads a command line as Python's argparse does, as far as the AWS CLI makes use of it. */
import { pythonRepr } from '../python.ts';
import { usageFailure } from '../failure.ts';

export interface Option {
  /** With its hyphens: `--key-id`. */
  flag: string;
  /** Where its value is kept; two flags may share a place. */
  place: string;
  /** How many words it takes: one; any number; one or none; none. */
  takes: 'one' | 'many' | 'optional' | 'nothing';
  required?: boolean;
  choices?: readonly string[];
  /** What it is where it takes no word, or none is given. */
  constant?: boolean | string;
  /** Read as a whole number. */
  integer?: boolean;
}

export type Parsed = Map<string, string | string[] | boolean | number>;

export interface Grammar {
  options: readonly Option[];
  /** One word that must be there, out of these. */
  positional?: { name: string; choices: readonly string[] };
}

export interface Reading {
  values: Parsed;
  positional?: string;
  /** What nobody takes, in order. */
  rest: string[];
}

/**
 * Takes what the grammar knows, wherever it stands, and leaves the rest (`ArgumentParser.parse_known_args`).
 * @throws CliFailure
 */
export function readArguments(words: readonly string[], grammar: Grammar): Reading {
  const reading: Reading = { values: new Map(), rest: [] };
  const { positional } = grammar;
  const seen = new Set<Option>();
  for (let index = 0; index < words.length;) {
    const word = words[index]!;
    const found = isFlag(word) ? optionFor(word, grammar.options) : undefined;
    if (found) {
      seen.add(found.option);
      index = takeOption(words, index + 1, found, reading.values);
      continue;
    }
    if (!isFlag(word) && positional && reading.positional === undefined) {
      checkChoice(positional.name, word, positional.choices);
      reading.positional = word;
    } else reading.rest.push(word);
    index++;
  }
  const missing = grammar.options.filter((option) => option.required && !seen.has(option));
  const names = missing.map(({ flag }) => flag);
  if (positional && reading.positional === undefined) names.push(positional.name);
  if (names.length > 0) throw usageFailure(`the following arguments are required: ${names.join(', ')}`);
  return reading;
}

interface Found {
  option: Option;
  /** What was written after `=`. */
  attached?: string;
}

/** A word with a blank in it is a value, whatever it begins with; so is a negative number. */
function isFlag(word: string): boolean {
  if (!word.startsWith('-') || word === '-' || /^-\d+$|^-\d*\.\d+$/.test(word)) return false;
  return !(word.includes(' ') && !/^--[\w-]+=/.test(word));
}

/** A flag may be shortened as long as it stays the only one. */
function optionFor(word: string, options: readonly Option[]): Found | undefined {
  const equals = word.indexOf('=');
  const flag = equals < 0 ? word : word.slice(0, equals);
  const attached = equals < 0 ? {} : { attached: word.slice(equals + 1) };
  const exact = options.find((option) => option.flag === flag);
  if (exact) return { option: exact, ...attached };
  if (!flag.startsWith('--')) return undefined;
  const [first, ...others] = options.filter((option) => option.flag.startsWith(flag));
  if (first && others.length > 0) {
    const matches = [first, ...others].map((option) => option.flag).join(', ');
    throw usageFailure(`ambiguous option: ${word} could match ${matches}`);
  }
  return first && { option: first, ...attached };
}

/** Puts the option's value in its place; gives where the next word stands. */
function takeOption(
  words: readonly string[],
  start: number,
  { option, attached }: Found,
  values: Parsed,
): number {
  const { flag, takes, constant = true } = option;
  let end = start;
  const most = attached !== undefined || takes === 'nothing' ? 0 : takes === 'many' ? Infinity : 1;
  while (end - start < most && end < words.length && !isFlag(words[end]!)) end++;
  const given = attached === undefined ? words.slice(start, end) : [attached];
  if (takes === 'nothing') {
    if (attached !== undefined) {
      throw usageFailure(`argument ${flag}: ignored explicit argument ${pythonRepr(attached)}`);
    }
    values.set(option.place, constant);
  } else if (takes === 'many') values.set(option.place, [...given]);
  else if (given[0] !== undefined) values.set(option.place, converted(option, given[0]));
  else if (takes === 'optional') values.set(option.place, constant);
  else throw usageFailure(`argument ${flag}: expected one argument`);
  return end;
}

function converted({ flag, choices, integer }: Option, word: string): string | number {
  if (choices) checkChoice(flag, word, choices);
  if (!integer) return word;
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(word)) {
    throw usageFailure(`argument ${flag}: invalid int value: ${pythonRepr(word)}`);
  }
  return Number(word.replaceAll('_', ''));
}

/** The AWS CLI lists the choices two a line, and guesses what was meant (awscli, `argparser.py`). */
function checkChoice(name: string, word: string, choices: readonly string[]): void {
  if (choices.includes(word)) return;
  const lines = ['Invalid choice, valid choices are:\n'];
  for (let index = 0; index < choices.length; index += 2) {
    const pair = choices.slice(index, index + 2);
    lines.push(pair.map((choice) => choice.padEnd(40)).join(' | '));
  }
  const meant = closeMatches(word, choices);
  if (meant.length > 0) {
    lines.push(`\n\nInvalid choice: ${pythonRepr(word)}, maybe you meant:\n`);
    lines.push(...meant.map((choice) => `  * ${choice}`));
  }
  throw usageFailure(`argument ${name}: ${lines.join('\n')}`);
}

/** `difflib.get_close_matches` with a cutoff of 0.8. */
function closeMatches(word: string, choices: readonly string[]): string[] {
  return choices
    .map((choice) => ({ choice, ratio: (2 * matching(choice, word)) / (choice.length + word.length) }))
    .filter(({ ratio }) => ratio >= 0.8)
    .sort((one, other) => other.ratio - one.ratio || (one.choice < other.choice ? 1 : -1))
    .slice(0, 3)
    .map(({ choice }) => choice);
}

/** Characters that two words have in common, by the longest common run and what is left and right of it. */
function matching(one: string, other: string): number {
  let best = { length: 0, one: 0, other: 0 };
  for (let start = 0; start < one.length; start++) {
    for (let begin = 0; begin < other.length; begin++) {
      let length = 0;
      while (start + length < one.length && one[start + length] === other[begin + length]) length++;
      if (length > best.length) best = { length, one: start, other: begin };
    }
  }
  if (best.length === 0) return 0;
  return (
    best.length +
    matching(one.slice(0, best.one), other.slice(0, best.other)) +
    matching(one.slice(best.one + best.length), other.slice(best.other + best.length))
  );
}
