import { applicablePolicies } from './evaluation/applicable.ts';
import { explain, refusal } from './evaluation/explain.ts';
import { describeGrant } from './evaluation/grant.ts';
import { Question } from './evaluation/question.ts';
import { smallestChanges } from './evaluation/smallest-changes.ts';
import { assess, describe, type Assessed } from './evaluation/statement.ts';
import { verdict, type Verdict } from './evaluation/verdict.ts';
import type {
  AuthorizationRequest,
  DecidingRule,
  Decision,
  GrantFinding,
  SmallestChange,
  StatementFinding,
} from './types.ts';

/**
 * Decides whether the caller may do it, from the key policy, the grants on the key, the caller's identity policies,
 * permissions boundary and session policies, and the organization's policies (IAM User Guide, "Policy evaluation
 * logic"; AWS KMS Developer Guide, "Determining access to AWS KMS keys").
 * Findings, explanation, changes and message of the decision are worked out when they are read.
 */
export function authorize(request: AuthorizationRequest): Decision {
  const question = new Question(request);
  const assessed = applicablePolicies(request).flatMap((policy) => assess(policy, question));
  return new LazyDecision(question, assessed, verdict(assessed, question));
}

/** A decision that puts itself into words only when asked: on most requests nobody asks. */
class LazyDecision implements Decision {
  readonly allowed: boolean;
  readonly rule: DecidingRule;
  readonly decidedBy?: number;
  readonly decidedByGrant?: string;
  readonly #question: Question;
  readonly #assessed: readonly Assessed[];
  readonly #verdict: Verdict;

  constructor(question: Question, assessed: readonly Assessed[], verdict: Verdict) {
    const { rule, by, grant } = verdict;
    this.allowed = rule.startsWith('allowed');
    this.rule = rule;
    if (by) this.decidedBy = assessed.indexOf(by);
    if (grant && this.allowed) this.decidedByGrant = grant.grantId;
    this.#question = question;
    this.#assessed = assessed;
    this.#verdict = verdict;
  }

  get statements(): StatementFinding[] {
    return this.#assessed.map((one) => describe(one, this.#question));
  }

  get grants(): GrantFinding[] {
    return (this.#question.request.grants ?? []).map((grant) => describeGrant(grant, this.#question));
  }

  get explanation(): string {
    return explain(this.#verdict, this.#question.request);
  }

  get smallestChanges(): SmallestChange[] {
    return this.allowed ? [] : smallestChanges(this.#assessed, this.#question);
  }

  get message(): string {
    return this.allowed ? '' : refusal(this.#verdict, this.#question.request);
  }
}
