import type { JsonValue } from '../../trace/trace.ts';
import type { ClauseFinding, PolicyDocument, PolicyStatement, StatementFinding } from '../types.ts';
import { asList } from './as-list.ts';
import { clauses, type Clause, type Placed } from './clauses.ts';
import { namedIn, type NamedAs } from './principal.ts';
import type { Question } from './question.ts';

/** A statement made ready for many requests. */
interface Prepared extends Placed {
  /** The clauses that it has. */
  clauses: readonly Clause[];
  /** Elements without which a statement is of no effect; KMS accepts a key policy that lacks them all the same. */
  missing: readonly ClauseFinding['clause'][];
}

/** A statement that has been held against the request. */
export interface Assessed {
  placed: Prepared;
  matched: boolean;
}

/** Holds every statement of a document against the request. */
export function assess(
  policy: Placed['policy'],
  policyName: string,
  document: PolicyDocument,
  question: Question,
): Assessed[] {
  return prepared(policy, policyName, document).map((placed) => ({
    placed,
    matched:
      placed.missing.length === 0 && placed.clauses.every((clause) => clause.matches(placed, question)),
  }));
}

/** How the statement names the caller. An identity policy is the caller's own. */
export function namedBy({ statement }: Placed, { caller }: Question): NamedAs {
  return statement.Principal === undefined ? 'caller' : namedIn(statement.Principal, caller);
}

/** The same as `assess` in words and values, clause by clause. */
export function describe({ placed, matched }: Assessed, question: Question): StatementFinding {
  const { statement, policy, policyName, index } = placed;
  const findings = placed.clauses.map((clause): ClauseFinding => {
    const fits = clause.matches(placed, question);
    const wanted = statement[clause.name] as JsonValue;
    return { clause: clause.name, matched: fits, wanted, ...clause.explain(placed, question, fits) };
  });
  return {
    policy,
    policyName,
    index,
    ...(statement.Sid !== undefined && { sid: statement.Sid }),
    effect: statement.Effect,
    matched,
    clauses: [...findings, ...placed.missing.map(describeMissing)],
  };
}

function describeMissing(clause: ClauseFinding['clause']): ClauseFinding {
  const why = `The statement has no ${clause} element, so it is of no effect.`;
  return { clause, matched: false, wanted: null, found: null, why };
}

/** Documents never change in place, so what was prepared once serves every request. */
const preparedDocuments = new WeakMap<PolicyDocument, readonly Prepared[]>();

function prepared(
  policy: Placed['policy'],
  policyName: string,
  document: PolicyDocument,
): readonly Prepared[] {
  let statements = preparedDocuments.get(document);
  if (!statements || statements[0]?.policy !== policy || statements[0].policyName !== policyName) {
    statements = asList<PolicyStatement>(document.Statement).map((statement, index) => ({
      statement,
      policy,
      policyName,
      index,
      version: document.Version,
      clauses: clauses.filter(({ name }) => statement[name] !== undefined),
      missing: missing(statement, policy),
    }));
    preparedDocuments.set(document, statements);
  }
  return statements;
}

function missing(statement: PolicyStatement, policy: Placed['policy']): ClauseFinding['clause'][] {
  const needed =
    policy === 'key policy'
      ? (['Principal', 'Action', 'Resource'] as const)
      : (['Action', 'Resource'] as const);
  return needed.filter((name) => statement[name] === undefined && statement[`Not${name}`] === undefined);
}
