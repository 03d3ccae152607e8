import { AwsError } from '../../errors/aws-error.ts';
import type { Decision, Grant } from '../../iam/types.ts';
import type { Call } from '../../service/service.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { grantOn } from './store.ts';

type GrantTerms = Pick<Grant, 'operations' | 'constraints'>;

/**
 * Whoever may make grants through a grant alone can hand on no more than that grant gives (KMS Developer Guide,
 * "Granting CreateGrant permission"). Throws AccessDeniedException.
 */
export function checkWithinParent(
  call: Call,
  key: KeyRecord,
  decision: Decision | undefined,
  child: GrantTerms,
): void {
  if (decision?.rule !== 'allowed-by-grant') return;
  const parents = decision.grants
    .filter(({ matched }) => matched)
    .flatMap(({ grantId }) => grantOn(call.transaction, key, grantId) ?? [])
    .filter((grant) => mayUse(call, grant, decision));
  const parent = parents.find((grant) => isWithin(child, grant));
  call.trace.step(() => ({
    station: 'may',
    title: parent
      ? 'The new grant gives no more than the grant that lets it be made.'
      : 'The new grant would give more than the grant that lets it be made.',
    outcome: parent ? 'ok' : 'refused',
    fields: [
      { name: 'Operations', value: [...child.operations], direction: 'in' },
      { name: 'Parent grants', value: parents.map(({ grantId }) => grantId), direction: 'in' },
    ],
  }));
  if (parent) return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: kms:CreateGrant on resource: ${arnOfKey(key)} because the grant that allows the kms:CreateGrant action does not allow a grant with these operations and constraints`,
  );
}

/** A grant to an account counts for those whom the account lets use it: then one of its own policies decided, too. */
function mayUse({ caller }: Call, { granteePrincipal = '' }: Grant, decision: Decision): boolean {
  const isAccounts = granteePrincipal.endsWith(':root');
  return !isAccounts || caller.principal.type === 'Root' || decision.decidedBy !== undefined;
}

/** Operations all among the parent's, constraints the same or stricter. */
export function isWithin(child: GrantTerms, parent: GrantTerms): boolean {
  return (
    child.operations.every((operation) => parent.operations.includes(operation)) &&
    isAsStrict(child.constraints, parent.constraints)
  );
}

function isAsStrict(child: Grant['constraints'] = {}, parent: Grant['constraints'] = {}): boolean {
  const { encryptionContextEquals: exactly, encryptionContextSubset: atLeast, sourceArn } = parent;
  if (sourceArn !== undefined && child.sourceArn !== sourceArn) return false;
  // What every context that the child grant lets through is sure to hold.
  const sure = { ...child.encryptionContextSubset, ...child.encryptionContextEquals };
  if (atLeast && !holds(sure, atLeast)) return false;
  if (!exactly) return true;
  const { encryptionContextEquals: childExactly } = child;
  return childExactly !== undefined && holds(childExactly, exactly) && holds(exactly, childExactly);
}

function holds(context: Record<string, string>, pairs: Record<string, string>): boolean {
  return Object.entries(pairs).every(
    ([name, value]) => Object.hasOwn(context, name) && context[name] === value,
  );
}
