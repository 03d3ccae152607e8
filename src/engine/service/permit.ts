import { AwsError } from '../errors/aws-error.ts';
import type { Call } from './service.ts';
import { authorize } from '../iam/authorize.ts';
import { accounts } from '../iam/tables.ts';
import type { Account, AuthorizationRequest, Decision } from '../iam/types.ts';
import type { JsonValue } from '../trace/trace.ts';

/** What the request brings for a condition to look at. */
export type ConditionKeys = Record<string, string[]>;

/**
 * Asks whether the caller may do `action` where only identity policies decide. `resource`: `*` or an ARN of
 * the caller's own account. Throws AccessDeniedException in AWS's words.
 */
export function permit(call: Call, action: string, resource = '*', conditionKeys: ConditionKeys = {}): void {
  const { accountId } = call.caller.principal;
  const decision = authorize({
    caller: call.caller,
    action,
    resource,
    resourceAccountId: accountId,
    // Resource control policies have no say where there is no resource.
    ...accountsOf(call, resource === '*' ? undefined : accountId),
    conditionKeys,
    circumstances: call,
  });
  enforce(call, action, resource, decision);
}

/** What is known of the accounts that a decision is about: the caller's, the resource's, and that of what a service calls for. */
export function accountsOf(
  { transaction, caller }: Call,
  resourceAccountId: string | undefined,
): Pick<AuthorizationRequest, 'callerAccount' | 'resourceAccount' | 'sourceAccount'> {
  const known = (accountId: string | undefined): Account | undefined =>
    accountId ? transaction.get(accounts, accountId) : undefined;
  const callerAccount = known(caller.principal.accountId);
  const resourceAccount = known(resourceAccountId);
  const sourceAccount = known(caller.accessKey.sourceAccount);
  return {
    ...(callerAccount && { callerAccount }),
    ...(resourceAccount && { resourceAccount }),
    ...(sourceAccount && { sourceAccount }),
  };
}

/** Writes the decision on the trace, and throws AccessDeniedException when it is a refusal. */
export function enforce(
  call: Call,
  action: string,
  resource: string,
  decision: Decision,
  describeRefusal: (message: string) => string = (message) => message,
): void {
  call.trace.step(() => ({
    station: 'may',
    title: decision.explanation,
    outcome: decision.allowed ? 'ok' : 'refused',
    fields: [
      { name: 'Principal', value: call.caller.arn, direction: 'in' },
      { name: 'Action', value: action, direction: 'in' },
      { name: 'Resource', value: resource, direction: 'in' },
      { name: 'Decision', value: described(decision), direction: 'out' },
    ],
  }));
  if (!decision.allowed) throw new AwsError('AccessDeniedException', describeRefusal(decision.message));
}

/** As plain data: a decision computes its findings only when asked for them. */
function described(decision: Decision): JsonValue {
  const { allowed, rule, explanation, statements, grants, decidedBy, decidedByGrant } = decision;
  return {
    allowed,
    rule,
    explanation,
    statements,
    grants,
    smallestChanges: decision.smallestChanges,
    ...(decidedBy !== undefined && { decidedBy }),
    ...(decidedByGrant !== undefined && { decidedByGrant }),
  } as object as JsonValue;
}
