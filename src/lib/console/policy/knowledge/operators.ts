import type { ConditionKeyType } from './condition-keys.ts';

export interface OperatorFact {
  about: string;
  /** The kinds of keys that it is for. */
  fits: readonly ConditionKeyType[];
}

const text = ['String', 'ARN', 'Bool'] as const;
const orders: Record<string, string> = {
  Equals: 'is equal to',
  NotEquals: 'is not equal to',
  LessThan: 'is less than',
  LessThanEquals: 'is less than or equal to',
  GreaterThan: 'is greater than',
  GreaterThanEquals: 'is greater than or equal to',
};

/** Condition operators without set prefix and IfExists (IAM User Guide, "Condition operators"). */
export const operatorFacts: Readonly<Record<string, OperatorFact>> = {
  StringEquals: { about: 'The text is one of these, exactly.', fits: text },
  StringNotEquals: { about: 'The text is none of these, or there is none.', fits: text },
  StringEqualsIgnoreCase: { about: 'The text is one of these, whatever its case.', fits: text },
  StringNotEqualsIgnoreCase: {
    about: 'The text is none of these in any case, or there is none.',
    fits: text,
  },
  StringLike: { about: 'The text fits one of these; * is any run of characters, ? any one.', fits: text },
  StringNotLike: { about: 'The text fits none of these patterns, or there is none.', fits: text },
  ...numbers('Numeric', 'The number', ['Numeric']),
  ...numbers('Date', 'The time', ['Date']),
  Bool: { about: 'true or false, as written here.', fits: ['Bool'] },
  BinaryEquals: { about: 'The bytes, as Base64, are these.', fits: ['String'] },
  IpAddress: { about: 'The address is within one of these ranges: 203.0.113.0/24.', fits: ['IP'] },
  NotIpAddress: { about: 'The address is within none of these ranges, or there is none.', fits: ['IP'] },
  ArnEquals: { about: 'The ARN fits one of these part by part; * and ? may stand in each part.', fits: text },
  ArnLike: { about: 'The same as ArnEquals.', fits: text },
  ArnNotEquals: { about: 'The ARN fits none of these, or there is none.', fits: text },
  ArnNotLike: { about: 'The same as ArnNotEquals.', fits: text },
  Null: {
    about: '"true": the request must not have this key; "false": it must.',
    fits: ['String', 'ARN', 'Bool', 'Numeric', 'Date', 'IP'],
  },
};

function numbers(
  family: string,
  what: string,
  fits: readonly ConditionKeyType[],
): Record<string, OperatorFact> {
  return Object.fromEntries(
    Object.entries(orders).map(([order, words]) => [
      family + order,
      { about: `${what} ${words} this.`, fits },
    ]),
  );
}

/** An operator's parts: `ForAnyValue:StringLikeIfExists`. */
export function operatorParts(written: string): { set?: string; name: string; ifExists: boolean } {
  const [, set, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(written) ?? [];
  return { ...(set !== undefined && { set }), name, ifExists: ifExists !== undefined };
}
