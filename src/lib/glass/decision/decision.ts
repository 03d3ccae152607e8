import type { Decision, GrantFinding, StatementFinding } from '$engine/iam/types.ts';
import type { Field } from '$engine/trace/trace.ts';

/** What the picture needs of a decision; it comes as plain JSON in a field of the step. */
export type ShownDecision = Pick<
  Decision,
  | 'allowed'
  | 'rule'
  | 'statements'
  | 'grants'
  | 'decidedBy'
  | 'decidedByGrant'
  | 'smallestChanges'
  | 'explanation'
>;

/** The decision in this value, if it is one. */
export function decisionIn(value: Field['value']): ShownDecision | undefined {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value))
    return;
  if (typeof value.allowed !== 'boolean' || typeof value.explanation !== 'string') return;
  if (typeof value.rule !== 'string') return;
  if (!Array.isArray(value.statements) || !value.statements.every(isStatement)) return;
  if (!Array.isArray(value.grants) || !value.grants.every(isGrant)) return;
  if (!Array.isArray(value.smallestChanges)) return;
  return value as unknown as ShownDecision;
}

function isStatement(value: unknown): value is StatementFinding {
  if (value === null || typeof value !== 'object') return false;
  const { effect, matched, clauses } = value as Partial<StatementFinding>;
  return (effect === 'Allow' || effect === 'Deny') && typeof matched === 'boolean' && Array.isArray(clauses);
}

function isGrant(value: unknown): value is GrantFinding {
  if (value === null || typeof value !== 'object') return false;
  const { grantId, matched, parts } = value as Partial<GrantFinding>;
  return typeof grantId === 'string' && typeof matched === 'boolean' && Array.isArray(parts);
}
