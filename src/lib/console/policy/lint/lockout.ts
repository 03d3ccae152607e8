import { actionFits } from '$engine/iam/evaluation/pattern.ts';
import { policyLint as text } from '$lib/strings/policy-lint.ts';
import type { Finding, PolicyWorld } from './finding.ts';
import { allows, conditions, named, texts, type WrittenPolicy, type WrittenStatement } from './read.ts';

/** Whether anybody is left who can change the policy, and whether identity policies count. */
export function lockoutRules(policy: WrittenPolicy, { accountId }: PolicyWorld): Finding[] {
  const place = policy.at('Statement');
  const start = { from: place.from, to: place.from + 1 };
  const changing = policy.statements.filter(
    (statement) => allows(statement) && isAbout(statement, 'kms:PutKeyPolicy'),
  );
  const found: Finding[] = [];
  if (changing.length === 0) {
    found.push({ rule: 'lockout', severity: 'warning', message: text.lockout, ...start });
  } else if (changing.every((statement) => conditions(statement).length > 0)) {
    const message = text.conditionalLockout;
    found.push({ rule: 'lockout', severity: 'advice', message, ...changing[0]!.nameAt('Condition') });
  }
  const root = new RegExp(`^(arn:aws:iam::)?${accountId}(:root)?$`);
  const delegates = policy.statements.some(
    (statement) => allows(statement) && named(statement, 'Principal').some(({ value }) => root.test(value)),
  );
  if (!delegates) {
    found.push({ rule: 'no-root', severity: 'advice', message: text.noRoot(accountId), ...start });
  }
  return found;
}

function isAbout({ value }: WrittenStatement, action: string): boolean {
  const { Action, NotAction } = value;
  if (NotAction !== undefined) {
    return !texts(NotAction, []).some((written) => actionFits(written.value, action));
  }
  return texts(Action, []).some((written) => actionFits(written.value, action));
}
