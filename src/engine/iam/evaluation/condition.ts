import type { JsonValue } from '../../trace/trace.ts';
import type { PolicyStatement } from '../types.ts';
import { asList } from './as-list.ts';
import { conditionOperators } from './condition-operators.ts';
import { expand, type Expanded } from './policy-variables.ts';
import type { Question } from './question.ts';

/** One line of a Condition element: an operator, a condition key, and the values it is compared with. */
export interface ConditionTest {
  operator: string;
  key: string;
  wanted: readonly JsonValue[];
  /** `undefined`: nobody can tell, since the operator is unknown or a value is not of its kind. */
  holds: boolean | undefined;
  found: readonly string[] | undefined;
}

/** Runs the tests of a Condition element one after another; all of them must hold. */
export function* conditionTests(
  condition: NonNullable<PolicyStatement['Condition']>,
  question: Question,
  version: string | undefined,
): Generator<ConditionTest> {
  for (const [operator, keys] of Object.entries(condition)) {
    for (const [key, values] of Object.entries(keys)) {
      const wanted = asList(values);
      const found = question.valuesOf(key);
      yield { operator, key, wanted, found, holds: holds(operator, wanted, found, question, version) };
    }
  }
}

/** Set prefix, name and suffix of a condition operator: `ForAnyValue:StringLikeIfExists`. */
export const operatorForm = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

function holds(
  operator: string,
  values: readonly JsonValue[],
  found: readonly string[] | undefined,
  question: Question,
  version: string | undefined,
): boolean | undefined {
  const [, set, name = '', ifExists] = operatorForm.exec(operator) ?? [];
  if (name === 'Null') return set || ifExists ? undefined : nullHolds(values, found);
  const known = conditionOperators.get(name);
  const wanted = values.flatMap((value) => wantedValue(value, question, version) ?? []);
  if (!known || values.some((value) => typeof value === 'object')) return undefined;

  const none = found === undefined || found.length === 0;
  if (none && ifExists) return true;
  if (set === 'ForAllValues' && none) return true;
  if (set === 'ForAnyValue' && none) return false;
  if (none) return known.negated;

  const comparisons = found.map((value) => wanted.map((one) => known.compare(value, one)));
  if (comparisons.some((answers) => answers.includes(undefined))) return undefined;
  const answers = comparisons.map((answers) => answers.includes(true) !== known.negated);
  // Without a set operator a key should have one value. If it has several, a positive operator is content with
  // one that fits, and a negated one allows none that fits.
  const every = set === 'ForAllValues' || (set === undefined && known.negated);
  return every ? !answers.includes(false) : answers.includes(true);
}

/** `Null`: `true` wants the key to be absent, `false` wants it present. */
function nullHolds(values: readonly JsonValue[], found: readonly string[] | undefined): boolean | undefined {
  const wanted = values.map((value) => textOf(value).toLowerCase());
  if (!wanted.every((value) => value === 'true' || value === 'false')) return undefined;
  const absent = found === undefined || found.length === 0;
  return wanted.includes(absent ? 'true' : 'false');
}

/** `undefined` when a policy variable in it has no value: such a value is met by nothing. */
function wantedValue(
  value: JsonValue,
  question: Question,
  version: string | undefined,
): Expanded | undefined {
  if (value === null || typeof value === 'object') return undefined;
  return expand(textOf(value), question, version);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
