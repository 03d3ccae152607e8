import { literally, patternOf, type Pattern } from './pattern.ts';
import type { Question } from './question.ts';

/** Text of a policy document with its policy variables filled in. */
export interface Expanded {
  /** Wildcards are plain characters. */
  text: string;
  /** Wildcards that the document itself wrote are wildcards; those in a variable's value are not. */
  pattern: Pattern;
}

const variable = /\$\{([^}]*)\}/g;

/**
 * Fills in policy variables, such as `${aws:username}` (IAM User Guide, "IAM policy elements: Variables and
 * tags"). `undefined` when one has no single value in this request and no default: such text fits nothing.
 */
export function expand(text: string, question: Question, version: string | undefined): Expanded | undefined {
  // The older policy language has no variables: there `${…}` are just characters.
  if (version !== '2012-10-17' || !text.includes('${')) return { text, pattern: patternOf(text) };
  const pattern: number[] = [];
  let filled = '';
  let after = 0;
  const addAsWritten = (part: string) => {
    filled += part;
    pattern.push(...patternOf(part));
  };
  for (const match of text.matchAll(variable)) {
    const value = valueOf(match[1]!.trim(), question);
    if (value === undefined) return undefined;
    addAsWritten(text.slice(after, match.index));
    filled += value;
    pattern.push(...literally(value));
    after = match.index + match[0].length;
  }
  addAsWritten(text.slice(after));
  return { text: filled, pattern };
}

function valueOf(inside: string, question: Question): string | undefined {
  // `${*}`, `${?}` and `${$}` are the characters themselves.
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const comma = inside.indexOf(',');
  const name = (comma < 0 ? inside : inside.slice(0, comma)).trim();
  const fallback = comma < 0 ? undefined : /^\s*'(.*)'\s*$/.exec(inside.slice(comma + 1))?.[1];
  const values = question.valuesOf(name);
  return values?.length === 1 ? values[0] : fallback;
}
