import type { EncryptionContext } from '../hsm/hsm.ts';
import { authorize } from '../iam/authorize.ts';
import type { Decision, PolicyDocument } from '../iam/types.ts';
import { accountsOf, enforce, type ConditionKeys } from '../service/permit.ts';
import type { Call } from '../service/service.ts';
import type { FoundKey } from './find-key.ts';
import { grantsFor } from './grants/grants-for.ts';
import { aliasNamesOf, arnOfKey, type KeyRecord } from './records.ts';

/** What a request brings for policies and grants to look at. */
export interface Brought {
  conditionKeys?: ConditionKeys;
  context?: EncryptionContext | undefined;
}

/** Asks whether the caller may do `action` with a key. Throws AccessDeniedException in AWS's words; else tells why they may. */
export function permitOnKey(call: Call, action: string, found: FoundKey, brought: Brought): Decision {
  const resource = arnOfKey(found.record);
  const decision = decideOnKey(call, action, found, policyOf(found.record), brought);
  enforce(call, action, resource, decision, (message) =>
    // AWS does not name the key to somebody who only holds a ciphertext.
    found.fromCiphertext
      ? message.replace(`on resource: ${resource}`, 'on the resource associated with this ciphertext')
      : message,
  );
  return decision;
}

/** The decision alone, under a policy that the key may not have yet. */
export function decideOnKey(
  call: Call,
  action: string,
  found: FoundKey,
  keyPolicy: PolicyDocument,
  { conditionKeys = {}, context }: Brought = {},
): Decision {
  const { record } = found;
  return authorize({
    caller: call.caller,
    action,
    resource: arnOfKey(record),
    resourceAccountId: record.accountId,
    resourcePolicy: keyPolicy,
    ...accountsOf(call, record.accountId),
    grants: grantsFor(call, action, record),
    isAwsManagedKey: record.manager === 'AWS',
    ...(context && { encryptionContext: context }),
    conditionKeys: keyConditionKeys(call, found, conditionKeys),
    circumstances: call,
  });
}

/** What policies can say of the key itself (KMS Developer Guide, "AWS KMS condition keys"). */
export function keyConditionKeys(
  call: Call,
  { record, alias }: FoundKey,
  brought: ConditionKeys = {},
): ConditionKeys {
  const { multiRegion } = record;
  return {
    ...brought,
    'kms:KeySpec': [record.spec],
    'kms:KeyUsage': [record.usage],
    'kms:KeyOrigin': [record.origin],
    'kms:MultiRegion': [String(multiRegion !== undefined)],
    ...(multiRegion && { 'kms:MultiRegionKeyType': [multiRegion.type] }),
    ...(alias !== undefined && { 'kms:RequestAlias': [alias] }),
    ...Object.fromEntries(record.tags.map((tag) => [`aws:ResourceTag/${tag.TagKey}`, [tag.TagValue]])),
    // Looked up only when some condition is looked at.
    get 'kms:ResourceAliases'(): string[] {
      return aliasNamesOf(call.transaction, record);
    },
  };
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
