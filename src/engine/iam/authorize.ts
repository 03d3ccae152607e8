import { explain, refusal } from './evaluation/explain.ts';
import { question } from './evaluation/question.ts';
import { assess, describe, type Assessed } from './evaluation/statement.ts';
import type { AuthorizationRequest, DecidingRule, Decision } from './types.ts';

/**
 * Decides whether the caller may do it, from the key policy and the caller's identity policies
 * (IAM User Guide, "Policy evaluation logic"; AWS KMS Developer Guide, "Determining access to AWS KMS keys").
 * Statements, explanation and message of the decision are worked out when they are first read.
 */
export function authorize(request: AuthorizationRequest): Decision {
  const asked = question(request);
  const { resourcePolicy, caller } = request;
  const assessed = resourcePolicy ? assess('key policy', 'default', resourcePolicy, asked) : [];
  for (const { name, document } of caller.principal.policies) {
    assessed.push(...assess('identity policy', name, document, asked));
  }
  const { rule, by } = verdict(assessed, request);
  const allowed = rule.startsWith('allowed');
  const decidedBy = by ? assessed.indexOf(by) : -1;
  return {
    allowed,
    rule,
    ...(decidedBy >= 0 && { decidedBy }),
    get statements() {
      return assessed.map((one) => describe(one, asked));
    },
    get explanation() {
      return explain(rule, request, by);
    },
    get message() {
      return allowed ? '' : refusal(rule, request);
    },
  };
}

interface Verdict {
  rule: DecidingRule;
  by?: Assessed | undefined;
}

/** The combining rule: a Deny anywhere wins; then somebody entitled to must have allowed it. */
function verdict(assessed: readonly Assessed[], request: AuthorizationRequest): Verdict {
  const find = (
    policy: Assessed['policy'],
    effect: 'Allow' | 'Deny',
    named?: 'caller',
  ): Assessed | undefined =>
    assessed.find(
      (one) =>
        one.matched &&
        one.policy === policy &&
        one.statement.Effect === effect &&
        (named === undefined || one.named === named),
    );

  const keyDeny = find('key policy', 'Deny');
  if (keyDeny) return { rule: 'explicit-deny-in-key-policy', by: keyDeny };
  const identityDeny = find('identity policy', 'Deny');
  if (identityDeny) return { rule: 'explicit-deny-in-identity-policy', by: identityDeny };

  const { caller, resourceAccountId, resourcePolicy } = request;
  const sameAccount = caller.principal.accountId === resourceAccountId;
  const identityAllow = find('identity policy', 'Allow');
  // Nothing limits the root user inside the account but what a resource policy says.
  const identitySideAllows = identityAllow !== undefined || caller.principal.type === 'Root';

  if (sameAccount && !resourcePolicy) {
    return identitySideAllows
      ? { rule: 'allowed-by-identity-policy', by: identityAllow }
      : { rule: 'no-identity-policy-allows' };
  }
  const keyAllow = find('key policy', 'Allow');
  if (!keyAllow) return { rule: 'no-key-policy-allows' };
  if (sameAccount) {
    const direct = find('key policy', 'Allow', 'caller');
    if (direct) return { rule: 'allowed-by-key-policy', by: direct };
  }
  if (!identitySideAllows) return { rule: 'no-identity-policy-allows' };
  return {
    rule: sameAccount ? 'allowed-by-identity-policy-through-root-delegation' : 'allowed-by-both-accounts',
    by: identityAllow ?? keyAllow,
  };
}
