import { parsePolicyDocument } from '$engine/iam/grammar/policy.ts';
import type { Finding } from './finding.ts';
import { texts, type Span, type WrittenPolicy, type WrittenStatement } from './read.ts';

/** Why PutKeyPolicy would refuse this text, whoever asks, in its own words: by the engine's own reader of policies. */
export function awsReason(written: string, policy: WrittenPolicy | undefined): Finding[] {
  try {
    parsePolicyDocument(written);
    return [];
  } catch (error) {
    const { name, message } = error as Error;
    const rule = name === 'LimitExceededException' ? 'size' : 'malformed';
    return [
      { rule, severity: 'error', message: `${name}: ${message}`, ...placeOf(message, written, policy) },
    ];
  }
}

/** The reader's messages name the statement, what is wrong in it, or the element. */
function placeOf(message: string, written: string, policy: WrittenPolicy | undefined): Span {
  const strange = /[^\t\n\r\u0020-\u00FF]/.exec(written);
  if (strange) return { from: strange.index, to: strange.index + 1 };
  const [, number, element] = /^Statement (\d+)(?:: (\w+))?/.exec(message) ?? [];
  const statement = policy?.statements.find(({ index }) => index === Number(number) - 1);
  if (statement) return placeIn(statement, message, element);
  const nobody = /no principal/.test(message)
    ? policy?.statements.find(({ value }) => isNobody(value['Principal']) && isNobody(value['NotPrincipal']))
    : undefined;
  if (nobody) return nobody.at();
  const [first = ''] = /^\w+/.exec(message) ?? [];
  return policy?.at(first) ?? { from: 0, to: Math.max(1, written.length) };
}

function placeIn(statement: WrittenStatement, message: string, element: string | undefined): Span {
  const [, quoted = ''] = /"([^"]*)"/.exec(message) ?? [];
  const { value } = statement;
  const action = (['Action', 'NotAction'] as const)
    .flatMap((name) => texts(value[name], [name]))
    .find((written) => written.value === quoted);
  if (element === undefined && action) return statement.at(...action.path);
  if (element === undefined) return statement.nameAt(quoted);
  const { Condition } = value;
  const isOperator = element === 'Condition' && typeof Condition === 'object' && Condition !== null;
  return isOperator && quoted in Condition ? statement.nameAt('Condition', quoted) : statement.at(element);
}

function isNobody(element: unknown): boolean {
  if (typeof element !== 'object' || element === null) return element === undefined;
  return Object.values(element).every((values) => Array.isArray(values) && values.length === 0);
}
