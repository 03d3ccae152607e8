import { AwsError } from '../errors/aws-error.ts';
import type { Call } from '../gateway/service.ts';
import { authorize } from '../iam/authorize.ts';
import type { Decision, PolicyDocument } from '../iam/types.ts';
import type { JsonValue } from '../trace/trace.ts';
import type { FoundKey } from './find-key.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

/** What the request brings for a condition to look at, over what the caller and the key bring. */
export type ConditionKeys = Record<string, string[]>;

/** Asks whether the caller may do `action` where only identity policies decide. `resource`: `*` or an alias ARN. */
export function permit(call: Call, action: string, resource = '*', conditionKeys: ConditionKeys = {}): void {
  const { accountId } = call.caller.principal;
  const decision = authorize({
    caller: call.caller,
    action,
    resource,
    resourceAccountId: accountId,
    conditionKeys: { ...conditionKeys, 'kms:CallerAccount': [accountId] },
    circumstances: call,
  });
  enforce(call, action, resource, decision);
}

/** Asks whether the caller may do `action` with a key. Throws AccessDeniedException in AWS's words. */
export function permitOnKey(call: Call, action: string, found: FoundKey, conditionKeys: ConditionKeys): void {
  const arn = arnOfKey(found.record);
  const decision = decideOnKey(call, action, found, policyOf(found.record), conditionKeys);
  enforce(call, action, arn, decision, found.fromCiphertext);
}

/** The decision alone, under a policy that the key may not have yet. */
export function decideOnKey(
  call: Call,
  action: string,
  found: FoundKey,
  keyPolicy: PolicyDocument,
  conditionKeys: ConditionKeys = {},
): Decision {
  const { record, alias } = found;
  return authorize({
    caller: call.caller,
    action,
    resource: arnOfKey(record),
    resourceAccountId: record.accountId,
    resourcePolicy: keyPolicy,
    conditionKeys: {
      ...conditionKeys,
      'kms:CallerAccount': [call.caller.principal.accountId],
      'kms:KeySpec': [record.spec],
      'kms:KeyUsage': [record.usage],
      'kms:KeyOrigin': ['AWS_KMS'],
      'kms:MultiRegion': ['false'],
      ...(alias !== undefined && { 'kms:RequestAlias': [alias] }),
      ...Object.fromEntries(record.tags.map((tag) => [`aws:ResourceTag/${tag.TagKey}`, [tag.TagValue]])),
    },
    circumstances: call,
  });
}

function enforce(
  call: Call,
  action: string,
  resource: string,
  decision: Decision,
  fromCiphertext = false,
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
  if (decision.allowed) return;
  // AWS does not name the key to somebody who only holds a ciphertext.
  const message = fromCiphertext
    ? decision.message.replace(`on resource: ${resource}`, 'on the resource associated with this ciphertext')
    : decision.message;
  throw new AwsError('AccessDeniedException', message);
}

/** As plain data: a decision may compute its findings only when asked for them. */
function described({ allowed, rule, explanation, statements, decidedBy }: Decision): JsonValue {
  return {
    allowed,
    rule,
    explanation,
    statements,
    ...(decidedBy !== undefined && { decidedBy }),
  } as object as JsonValue;
}

/** Records never change in place, so a record's parsed policy can be remembered with it. */
const parsedPolicies = new WeakMap<KeyRecord, PolicyDocument>();

function policyOf(record: KeyRecord): PolicyDocument {
  let policy = parsedPolicies.get(record);
  if (!policy) {
    policy = JSON.parse(record.policy) as PolicyDocument;
    parsedPolicies.set(record, policy);
  }
  return policy;
}
