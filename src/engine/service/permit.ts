import { AwsError } from '../errors/aws-error.ts';
import type { Call } from './service.ts';
import { authorize } from '../iam/authorize.ts';
import type { Decision } from '../iam/types.ts';
import type { JsonValue } from '../trace/trace.ts';

/** What the request brings for a condition to look at. */
export type ConditionKeys = Record<string, string[]>;

/**
 * Asks whether the caller may do `action` where only identity policies decide. `resource`: `*` or an ARN of
 * the caller's own account. Throws AccessDeniedException in AWS's words.
 */
export function permit(call: Call, action: string, resource = '*', conditionKeys: ConditionKeys = {}): void {
  const decision = authorize({
    caller: call.caller,
    action,
    resource,
    resourceAccountId: call.caller.principal.accountId,
    conditionKeys,
    circumstances: call,
  });
  enforce(call, action, resource, decision);
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
function described({ allowed, rule, explanation, statements, decidedBy }: Decision): JsonValue {
  return {
    allowed,
    rule,
    explanation,
    statements,
    ...(decidedBy !== undefined && { decidedBy }),
  } as object as JsonValue;
}
