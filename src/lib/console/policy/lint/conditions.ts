import { actionFits } from '$engine/iam/evaluation/pattern.ts';
import { policyLint as text } from '$lib/strings/policy-lint.ts';
import { conditionKeyFact, conditionKeyFacts, type ConditionKeyFact } from '../knowledge/condition-keys.ts';
import { nearest } from '../knowledge/near.ts';
import { operatorFacts, operatorParts } from '../knowledge/operators.ts';
import type { Finding, PolicyWorld, Severity } from './finding.ts';
import { allows, conditions, texts, type WrittenPolicy, type WrittenStatement } from './read.ts';

/** What the policy asks of requests. */
export function conditionRules(policy: WrittenPolicy, { actions }: PolicyWorld): Finding[] {
  return policy.statements.flatMap((statement) =>
    conditions(statement).flatMap(({ operator, key, values, path }): Finding[] => {
      const about = (rule: string, severity: Severity, message: string): Finding => ({
        ...{ rule, severity, message },
        ...statement.nameAt(...path),
      });
      const known = conditionKeyFact(key);
      if (!known) {
        const near = nearest(key, Object.keys(conditionKeyFacts));
        return [about('unknown-condition-key', 'warning', text.noSuchKey(key, near))];
      }
      const { fact } = known;
      return [
        ...(fact.elsewhere ? [about('elsewhere', 'advice', text.elsewhere(key))] : []),
        ...operatorTrouble(operator, key, fact).map(([rule, message]) => about(rule, 'warning', message)),
        ...valueTrouble(operator, fact, values).map((message) => about('value', 'warning', message)),
        ...(isBrought(statement, fact, actions)
          ? []
          : [about('never-brought', 'advice', text.neverBrought(key, fact.only ?? []))]),
        ...(slipsThrough(statement, operator, key, values)
          ? [about('mfa-absent', 'warning', text.mfaAbsent)]
          : []),
      ];
    }),
  );
}

function operatorTrouble(operator: string, key: string, fact: ConditionKeyFact): [string, string][] {
  const { set, name } = operatorParts(operator);
  const known = operatorFacts[name];
  if (!known) return [];
  const trouble: [string, string][] = [];
  if (!known.fits.includes(fact.type))
    trouble.push(['operator-type', text.wrongOperator(name, key, fact.type)]);
  if (fact.many && set === undefined && name !== 'Null') trouble.push(['set-operator', text.several(key)]);
  if (set === 'ForAllValues' && name !== 'Null') trouble.push(['for-all-values', text.forAllValues(key)]);
  return trouble;
}

function valueTrouble(operator: string, { type }: ConditionKeyFact, values: readonly string[]): string[] {
  const { name } = operatorParts(operator);
  return values.flatMap((value) => {
    if (/^(StringEquals|StringNotEquals)$/.test(name) && /[*?]/.test(value) && !value.includes('${')) {
      return [text.plainWildcard(value)];
    }
    const isTruth = /^(true|false)$/i.test(value);
    return type === 'Bool' && !isTruth && !value.includes('${') ? [text.noTruth(value)] : [];
  });
}

/** Whether any request that the statement's actions are about can bring the key. */
function isBrought(
  { value }: WrittenStatement,
  { only }: ConditionKeyFact,
  actions: PolicyWorld['actions'],
): boolean {
  const written = texts(value['Action'], ['Action']);
  if (!only || written.length === 0) return true;
  const bringing = actions.filter(({ name }) => only.some((pattern) => actionFits(`kms:${pattern}`, name)));
  return bringing.some(({ name }) => written.some((action) => actionFits(action.value, name)));
}

/** Long-lived credentials have no aws:MultiFactorAuthPresent, so a Deny where it is false never meets them. */
function slipsThrough(
  statement: WrittenStatement,
  operator: string,
  key: string,
  values: readonly string[],
): boolean {
  const isMfa = key.toLowerCase() === 'aws:multifactorauthpresent';
  return isMfa && !allows(statement) && operator === 'Bool' && values.includes('false');
}
