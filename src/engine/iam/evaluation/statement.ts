import type { JsonValue } from '../../trace/trace.ts';
import type {
  ClauseFinding,
  PolicyDocument,
  PolicyKind,
  PolicyStatement,
  StatementFinding,
} from '../types.ts';
import type { Applicable } from './applicable.ts';
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
  source: Applicable;
  matched: boolean;
}

/** Holds every statement of a policy against the request. */
export function assess(source: Applicable, question: Question): Assessed[] {
  return prepared(source.document).map((placed) => ({
    placed,
    source,
    matched: isComplete(placed, source) && placed.clauses.every((clause) => clause.matches(placed, question)),
  }));
}

/** Whether this is a statement of such a policy that allows the request. */
export function allows({ matched, source, placed }: Assessed, policy: PolicyKind): boolean {
  return matched && source.policy === policy && placed.statement.Effect === 'Allow';
}

/** How the statement names the caller. A NotPrincipal that does not leave them out means them with everyone else. */
export function namedInStatement({ placed }: Assessed, { caller }: Question): NamedAs {
  const { Principal } = placed.statement;
  return Principal === undefined ? 'everyone' : namedIn(Principal, caller);
}

/** The same as `assess` in words and values, clause by clause. */
export function describe({ placed, source, matched }: Assessed, question: Question): StatementFinding {
  const { statement, index } = placed;
  const findings = placed.clauses.map((clause): ClauseFinding => {
    const fits = clause.matches(placed, question);
    const wanted = statement[clause.name] as JsonValue;
    return { clause: clause.name, matched: fits, wanted, ...clause.explain(placed, question, fits, source) };
  });
  return {
    policy: source.policy,
    policyName: source.policyName,
    ...(source.level !== undefined && { level: source.level }),
    index,
    ...(statement.Sid !== undefined && { sid: statement.Sid }),
    effect: statement.Effect,
    matched,
    clauses: [...findings, ...missingIn(placed, source).map(describeMissing)],
  };
}

function describeMissing(clause: ClauseFinding['clause']): ClauseFinding {
  const why = `The statement has no ${clause} element, so it is of no effect.`;
  return { clause, matched: false, wanted: null, found: null, why };
}

function isComplete(placed: Prepared, source: Applicable): boolean {
  return placed.missing.length === 0 || missingIn(placed, source).length === 0;
}

function missingIn({ missing }: Prepared, { saysWho }: Applicable): readonly ClauseFinding['clause'][] {
  return missing.filter((name) => saysWho || name !== 'Principal');
}

/** Documents never change in place, so what was prepared once serves every request. */
const preparedDocuments = new WeakMap<PolicyDocument, readonly Prepared[]>();

function prepared(document: PolicyDocument): readonly Prepared[] {
  let statements = preparedDocuments.get(document);
  if (!statements) {
    statements = asList<PolicyStatement>(document.Statement).map((statement, index) => ({
      statement,
      index,
      version: document.Version,
      clauses: clauses.filter(({ name }) => statement[name] !== undefined),
      missing: missing(statement),
    }));
    preparedDocuments.set(document, statements);
  }
  return statements;
}

function missing(statement: PolicyStatement): ClauseFinding['clause'][] {
  const needed = ['Principal', 'Action', 'Resource'] as const;
  return needed.filter((name) => statement[name] === undefined && statement[`Not${name}`] === undefined);
}
