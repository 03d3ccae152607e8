import type { JsonValue } from '../../trace/trace.ts';
import type { ClauseFinding, PolicyDocument, PolicyStatement, StatementFinding } from '../types.ts';
import { asList } from './as-list.ts';
import { clauses, type Placed } from './clauses.ts';
import { namedIn, type NamedAs } from './principal.ts';
import type { Question } from './question.ts';

/** A statement that has been held against the request. */
export interface Assessed extends Placed {
  policyName: string;
  index: number;
  matched: boolean;
  /** How the statement names the caller; `caller` in identity policies, which belong to the caller. */
  named: NamedAs;
}

/** Holds every statement of a document against the request. */
export function assess(
  policy: Placed['policy'],
  policyName: string,
  document: PolicyDocument,
  question: Question,
): Assessed[] {
  return asList<PolicyStatement>(document.Statement).map((statement, index) => {
    const placed = { statement, policy, version: document.Version };
    const matched =
      isComplete(placed) &&
      clauses.every((clause) => statement[clause.name] === undefined || clause.matches(placed, question));
    const named =
      statement.Principal === undefined ? 'caller' : namedIn(statement.Principal, question.caller);
    return { ...placed, policyName, index, matched, named };
  });
}

/** The same in words and values, clause by clause. */
export function describe(assessed: Assessed, question: Question): StatementFinding {
  const { statement, policy, policyName, index, matched } = assessed;
  const findings = clauses
    .filter(({ name }) => statement[name] !== undefined)
    .map((clause): ClauseFinding => {
      const fits = clause.matches(assessed, question);
      const wanted = statement[clause.name] as JsonValue;
      return { clause: clause.name, matched: fits, wanted, ...clause.explain(assessed, question, fits) };
    });
  return {
    policy,
    policyName,
    index,
    ...(statement.Sid !== undefined && { sid: statement.Sid }),
    effect: statement.Effect,
    matched,
    clauses: [...findings, ...missing(assessed)],
  };
}

/** KMS keeps a statement that lacks one of these, but it is of no effect. */
function missing(placed: Placed): ClauseFinding[] {
  return (['Principal', 'Action', 'Resource'] as const)
    .filter((name) => lacks(placed, name))
    .map((clause) => ({
      clause,
      matched: false,
      wanted: null,
      found: null,
      why: `The statement has no ${clause} element, so it is of no effect.`,
    }));
}

const isComplete = (placed: Placed): boolean =>
  !lacks(placed, 'Principal') && !lacks(placed, 'Action') && !lacks(placed, 'Resource');

function lacks({ statement, policy }: Placed, name: 'Principal' | 'Action' | 'Resource'): boolean {
  if (name === 'Principal' && policy === 'identity policy') return false;
  return statement[name] === undefined && statement[`Not${name}`] === undefined;
}
