import { actionFits } from '$engine/iam/evaluation/pattern.ts';
import { policyLint as text } from '$lib/strings/policy-lint.ts';
import { nearest } from '../knowledge/near.ts';
import type { Finding, PolicyWorld } from './finding.ts';
import { allows, conditions, named, texts, type WrittenPolicy, type WrittenStatement } from './read.ts';

/** What the policy speaks of doing. */
export function actionRules(policy: WrittenPolicy, world: PolicyWorld): Finding[] {
  return policy.statements.flatMap((statement) => [
    ...(['Action', 'NotAction'] as const).flatMap((element) =>
      texts(statement.value[element], [element]).flatMap(({ value, path }): Finding[] => {
        const found = aboutAction(value, world);
        return found ? [{ ...found, ...statement.at(...path) }] : [];
      }),
    ),
    ...allowsAllBut(statement),
    ...everything(statement),
    ...grantsByHand(statement),
  ]);
}

function aboutAction(
  written: string,
  { actions }: PolicyWorld,
): Pick<Finding, 'rule' | 'severity' | 'message'> | undefined {
  const fitting = actions.filter(({ name }) => actionFits(written, name));
  if (fitting.length === 0) {
    if (!/^kms:/i.test(written)) {
      return { rule: 'other-service', severity: 'warning', message: text.otherService(written) };
    }
    const near = nearest(
      written,
      actions.map(({ name }) => name),
    );
    return { rule: 'unknown-action', severity: 'warning', message: text.noSuchAction(written, near) };
  }
  return fitting.every(({ inert }) => inert)
    ? { rule: 'inert-action', severity: 'advice', message: text.inert(written) }
    : undefined;
}

function allowsAllBut(statement: WrittenStatement): Finding[] {
  if (!allows(statement) || statement.value['NotAction'] === undefined) return [];
  const place = statement.nameAt('NotAction');
  return [{ rule: 'not-action', severity: 'warning', message: text.notAction, ...place }];
}

/** All of KMS for somebody who is no account. */
function everything(statement: WrittenStatement): Finding[] {
  if (!allows(statement)) return [];
  const all = texts(statement.value['Action'], ['Action']).find(({ value }) => /^(kms:)?\*$/i.test(value));
  const somebody = named(statement, 'Principal').find(
    ({ kind, value }) => kind === 'AWS' && /:(user|role|assumed-role)\/|^A(IDA|ROA)/.test(value),
  );
  if (!all || !somebody) return [];
  const message = text.everything(somebody.value.replace(/^.*\//, ''));
  return [{ rule: 'full-access', severity: 'warning', message, ...statement.at(...all.path) }];
}

/** Who uses a key and may make grants by hand can let anybody use it. */
function grantsByHand(statement: WrittenStatement): Finding[] {
  if (!allows(statement)) return [];
  const written = texts(statement.value['Action'], ['Action']);
  const grant = written.find(({ value }) => /^kms:CreateGrant$/i.test(value));
  const isForServices = conditions(statement).some(({ key }) =>
    /^kms:(GrantIsForAWSResource|ViaService|GrantOperations|GranteePrincipal|GrantConstraint)/i.test(key),
  );
  const manages = written.some(({ value }) => actionFits(value, 'kms:PutKeyPolicy'));
  if (!grant || isForServices || manages) return [];
  const message = text.grantsByHand;
  return [{ rule: 'grants-by-hand', severity: 'advice', message, ...statement.at(...grant.path) }];
}
