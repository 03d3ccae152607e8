import type { Call } from '../service/service.ts';
import { authorize } from '../iam/authorize.ts';
import type { Decision, PolicyDocument } from '../iam/types.ts';
import { enforce, type ConditionKeys } from '../service/permit.ts';
import type { FoundKey } from './find-key.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

/** Asks whether the caller may do `action` with a key. Throws AccessDeniedException in AWS's words. */
export function permitOnKey(call: Call, action: string, found: FoundKey, conditionKeys: ConditionKeys): void {
  const resource = arnOfKey(found.record);
  const decision = decideOnKey(call, action, found, policyOf(found.record), conditionKeys);
  enforce(call, action, resource, decision, (message) =>
    // AWS does not name the key to somebody who only holds a ciphertext.
    found.fromCiphertext
      ? message.replace(`on resource: ${resource}`, 'on the resource associated with this ciphertext')
      : message,
  );
}

/** The decision alone, under a policy that the key may not have yet. */
export function decideOnKey(
  call: Call,
  action: string,
  { record, alias }: FoundKey,
  keyPolicy: PolicyDocument,
  conditionKeys: ConditionKeys = {},
): Decision {
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
