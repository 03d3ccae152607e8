import { decisionText as text } from '$lib/strings/decision.ts';
import type { Weighed } from './stages.ts';

/** `key policy, default, “Enable IAM”`, `grant “backup”`: what people call it. */
export function nameOfWeighed(weighed: Weighed): string {
  if (weighed.kind === 'grant') return text.grant(weighed.finding.grantId, weighed.finding.name);
  const { policy, policyName, level, index, sid } = weighed.finding;
  return text.statement(policy, text.policyAt(policyName, level), text.statementPlace(index, sid));
}
