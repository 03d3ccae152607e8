import { policyLint as text } from '$lib/strings/policy-lint.ts';
import { actionRules } from './actions.ts';
import { awsReason } from './aws.ts';
import { conditionRules } from './conditions.ts';
import { severities, type Finding, type PolicyWorld } from './finding.ts';
import { formRules } from './form.ts';
import { lockoutRules } from './lockout.ts';
import { principalRules } from './principals.ts';
import { readPolicy } from './read.ts';

/**
 * What there is to say about a key policy's text: why it is not JSON, why PutKeyPolicy would refuse it, and what it
 * may do that nobody meant. In the order of the text; where two are of one place, the graver first.
 */
export function lintPolicy(written: string, world: PolicyWorld): Finding[] {
  const { broken, policy } = readPolicy(written);
  if (broken) {
    const { code, from, to } = broken;
    return [{ rule: 'json', severity: 'error', message: text.json(code), from, to }];
  }
  const refused = awsReason(written, policy);
  const advice = policy
    ? [formRules, principalRules, actionRules, conditionRules, lockoutRules].flatMap((rules) =>
        rules(policy, world),
      )
    : [];
  return [...refused, ...advice].sort(
    (one, other) =>
      one.from - other.from || severities.indexOf(one.severity) - severities.indexOf(other.severity),
  );
}
