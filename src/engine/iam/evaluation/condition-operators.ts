import { ipRange, ipRangeContains } from './ip-address.ts';
import { fits, patternOf, type Pattern } from './pattern.ts';
import type { Expanded } from './policy-variables.ts';

/**
 * Tells whether one value of the request meets one value of the policy. `undefined`: the policy's value is not
 * of the operator's kind, so nobody can tell. (IAM User Guide, "IAM JSON policy elements: Condition operators".)
 */
export type Comparison = (found: string, wanted: Expanded) => boolean | undefined;

export interface ConditionOperator {
  compare: Comparison;
  /** `StringNotEquals` and its like hold when no value of the policy is met, and when the key is absent. */
  negated: boolean;
}

const colon = patternOf(':')[0];

const equals: Comparison = (found, wanted) => found === wanted.text;
const equalsIgnoreCase: Comparison = (found, wanted) => found.toLowerCase() === wanted.text.toLowerCase();
const like: Comparison = (found, wanted) => fits(wanted.pattern, found);

/** ARNs are compared part by part; each of the six may hold wildcards. The resource part may hold colons. */
const arnLike: Comparison = (found, wanted) => {
  const parts = splitArn(found);
  const patterns = splitPattern(wanted.pattern);
  if (patterns.length !== 6) return undefined;
  return parts.length === 6 && patterns.every((pattern, index) => fits(pattern, parts[index]!));
};

const bool: Comparison = (found, wanted) => {
  const value = wanted.text.toLowerCase();
  if (value !== 'true' && value !== 'false') return undefined;
  return found.toLowerCase() === value;
};

const binaryEquals: Comparison = (found, wanted) => found === wanted.text;

const ipAddress: Comparison = (found, wanted) => {
  const range = ipRange(wanted.text);
  if (!range) return undefined;
  const address = ipRange(found);
  return address !== undefined && ipRangeContains(range, address);
};

type Order = (found: number, wanted: number) => boolean;

/** Compares what `read` makes of both sides. */
function ordered(read: (text: string) => number | undefined, order: Order): Comparison {
  return (found, wanted) => {
    const limit = read(wanted.text);
    if (limit === undefined) return undefined;
    const value = read(found);
    return value !== undefined && order(value, limit);
  };
}

function numberOf(text: string): number | undefined {
  return /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** A W3C ISO 8601 date or date-time, or seconds since the Unix epoch; in milliseconds. */
function timeOf(text: string): number | undefined {
  const seconds = numberOf(text);
  // A bare year is a date too, but no epoch time of our days has four digits.
  if (seconds !== undefined && !/^\d{4}$/.test(text)) return seconds * 1000;
  if (!/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?)?)?$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const orders: Record<string, Order> = {
  Equals: (found, wanted) => found === wanted,
  LessThan: (found, wanted) => found < wanted,
  LessThanEquals: (found, wanted) => found <= wanted,
  GreaterThan: (found, wanted) => found > wanted,
  GreaterThanEquals: (found, wanted) => found >= wanted,
};

/** Every operator but `Null`, by name, without set prefix and `IfExists`. */
export const conditionOperators: ReadonlyMap<string, ConditionOperator> = new Map([
  ...withNegation('StringEquals', 'StringNotEquals', equals),
  ...withNegation('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', equalsIgnoreCase),
  ...withNegation('StringLike', 'StringNotLike', like),
  // AWS: ArnEquals and ArnLike behave identically.
  ...withNegation('ArnEquals', 'ArnNotEquals', arnLike),
  ...withNegation('ArnLike', 'ArnNotLike', arnLike),
  ...withNegation('IpAddress', 'NotIpAddress', ipAddress),
  ...orderedFamily('Numeric', numberOf),
  ...orderedFamily('Date', timeOf),
  ['Bool', { compare: bool, negated: false }],
  ['BinaryEquals', { compare: binaryEquals, negated: false }],
]);

type Entry = [string, ConditionOperator];

function withNegation(name: string, negation: string, compare: Comparison): Entry[] {
  return [
    [name, { compare, negated: false }],
    [negation, { compare, negated: true }],
  ];
}

function orderedFamily(family: string, read: (text: string) => number | undefined): Entry[] {
  return [
    ...Object.entries(orders).map(([name, order]): Entry => [
      family + name,
      { compare: ordered(read, order), negated: false },
    ]),
    [`${family}NotEquals`, { compare: ordered(read, orders.Equals!), negated: true }],
  ];
}

function splitArn(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length < 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function splitPattern(pattern: Pattern): Pattern[] {
  const parts: Pattern[] = [];
  let start = 0;
  for (let at = 0; at < pattern.length && parts.length < 5; at++) {
    if (pattern[at] !== colon) continue;
    parts.push(pattern.slice(start, at));
    start = at + 1;
  }
  return [...parts, pattern.slice(start)];
}
