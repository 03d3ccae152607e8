import { explain, refusal } from './evaluation/explain.ts';
import { Question } from './evaluation/question.ts';
import { assess, describe, namedBy, type Assessed } from './evaluation/statement.ts';
import type { AuthorizationRequest, DecidingRule, Decision, StatementFinding } from './types.ts';

/**
 * Decides whether the caller may do it, from the key policy and the caller's identity policies
 * (IAM User Guide, "Policy evaluation logic"; AWS KMS Developer Guide, "Determining access to AWS KMS keys").
 * Statements, explanation and message of the decision are worked out when they are read.
 */
export function authorize(request: AuthorizationRequest): Decision {
  const { resourcePolicy, caller } = request;
  const question = new Question(request);
  const assessed = resourcePolicy ? assess('key policy', 'default', resourcePolicy, question) : [];
  for (const { name, document } of caller.principal.policies) {
    assessed.push(...assess('identity policy', name, document, question));
  }
  return new LazyDecision(request, question, assessed, verdict(assessed, request, question));
}

interface Verdict {
  rule: DecidingRule;
  by?: Assessed | undefined;
}

/** The combining rule: a Deny anywhere wins; then somebody entitled to must have allowed it. */
function verdict(assessed: readonly Assessed[], request: AuthorizationRequest, question: Question): Verdict {
  const find = (policy: 'key policy' | 'identity policy', effect: 'Allow' | 'Deny') =>
    assessed.find(
      ({ matched, placed }) => matched && placed.policy === policy && placed.statement.Effect === effect,
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
    const direct = assessed.find(
      ({ matched, placed }) =>
        matched &&
        placed.policy === 'key policy' &&
        placed.statement.Effect === 'Allow' &&
        namedBy(placed, question) === 'caller',
    );
    if (direct) return { rule: 'allowed-by-key-policy', by: direct };
  }
  if (!identitySideAllows) return { rule: 'no-identity-policy-allows' };
  return {
    rule: sameAccount ? 'allowed-by-identity-policy-through-root-delegation' : 'allowed-by-both-accounts',
    by: identityAllow ?? keyAllow,
  };
}

/** A decision that puts itself into words only when asked: on most requests nobody asks. */
class LazyDecision implements Decision {
  readonly allowed: boolean;
  readonly rule: DecidingRule;
  readonly decidedBy?: number;
  readonly #request: AuthorizationRequest;
  readonly #question: Question;
  readonly #assessed: readonly Assessed[];
  readonly #by: Assessed | undefined;

  constructor(
    request: AuthorizationRequest,
    question: Question,
    assessed: readonly Assessed[],
    { rule, by }: Verdict,
  ) {
    this.allowed = rule.startsWith('allowed');
    this.rule = rule;
    if (by) this.decidedBy = assessed.indexOf(by);
    this.#request = request;
    this.#question = question;
    this.#assessed = assessed;
    this.#by = by;
  }

  get statements(): StatementFinding[] {
    return this.#assessed.map((one) => describe(one, this.#question));
  }

  get explanation(): string {
    return explain(this.rule, this.#request, this.#by?.placed);
  }

  get message(): string {
    return this.allowed ? '' : refusal(this.rule, this.#request);
  }
}
