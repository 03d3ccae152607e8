import type { EncryptionContext } from '../hsm/hsm.ts';
import type { ConditionKeys } from '../service/permit.ts';

/**
 * Members of a request that policies can speak of, and the condition key that each yields (KMS Developer Guide,
 * "AWS KMS condition keys"). Keys that more than a member's value goes into stand in the operations' declarations.
 */
const direct: Record<string, string> = {
  BypassPolicyLockoutSafetyCheck: 'kms:BypassPolicyLockoutSafetyCheck',
  EncryptionAlgorithm: 'kms:EncryptionAlgorithm',
  ExpirationModel: 'kms:ExpirationModel',
  KeyAgreementAlgorithm: 'kms:KeyAgreementAlgorithm',
  KeyPairSpec: 'kms:DataKeyPairSpec',
  MacAlgorithm: 'kms:MacAlgorithm',
  MessageType: 'kms:MessageType',
  PendingWindowInDays: 'kms:ScheduleKeyDeletionPendingWindowInDays',
  PrimaryRegion: 'kms:PrimaryRegion',
  ReplicaRegion: 'kms:ReplicaRegion',
  RotationPeriodInDays: 'kms:RotationPeriodInDays',
  SigningAlgorithm: 'kms:SigningAlgorithm',
  WrappingAlgorithm: 'kms:WrappingAlgorithm',
  WrappingKeySpec: 'kms:WrappingKeySpec',
};

/** Condition keys that the input itself yields. `context` and `algorithm` are those that go with the key in question. */
export function conditionKeysOf(
  input: Record<string, unknown>,
  context: EncryptionContext | undefined,
  algorithm: string | undefined,
): ConditionKeys {
  const found: ConditionKeys = {};
  for (const name in input) {
    const key = direct[name];
    const value = input[name] as string | number | boolean | undefined;
    if (key !== undefined && value !== undefined) found[key] = [String(value)];
  }
  // Seconds, as IAM compares dates and numbers alike with them.
  if (typeof input['ValidTo'] === 'number') found['kms:ValidTo'] = [String(input['ValidTo'] / 1000)];
  if (algorithm !== undefined) found['kms:EncryptionAlgorithm'] = [algorithm];
  if (context) Object.assign(found, contextKeys(context));
  return found;
}

function contextKeys(context: EncryptionContext): ConditionKeys {
  const names = Object.keys(context);
  if (names.length === 0) return {};
  return {
    'kms:EncryptionContextKeys': names,
    ...Object.fromEntries(names.map((name) => [`kms:EncryptionContext:${name}`, [context[name]!]])),
  };
}

interface Tag {
  TagKey: string;
  TagValue: string;
}

/** What requests that bring tags let policies speak of (IAM User Guide, "aws:RequestTag" and "aws:TagKeys"). */
export function requestTagKeys(tags: readonly Tag[] | undefined): ConditionKeys {
  if (!tags || tags.length === 0) return {};
  return {
    'aws:TagKeys': tags.map(({ TagKey }) => TagKey),
    ...Object.fromEntries(tags.map(({ TagKey, TagValue }) => [`aws:RequestTag/${TagKey}`, [TagValue]])),
  };
}
