import type { InputOf, Member } from '../declaration/members.ts';
import { Timestamp, writeOutput } from '../declaration/output.ts';
import { lowerCamel } from '../declaration/validate.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { Call, JsonObject } from '../service/service.ts';
import type { BackingKeySpec } from '../hsm/hsm.ts';
import { defaultKeyPolicy } from '../iam/default-key-policy.ts';
import { checkPrincipalsExist, parsePolicyDocument } from '../iam/policy-document.ts';
import { notImplemented, validationError } from './errors.ts';
import { keyMetadata } from './key-metadata.ts';
import { isImplementedSpec, keySpecs, type KeyUsage } from './key-specs.ts';
import { permit } from '../service/permit.ts';
import { decideOnKey } from './permission.ts';
import type { KeyRecord } from './records.ts';

interface KindInput {
  KeySpec?: string;
  CustomerMasterKeySpec?: string;
  KeyUsage?: string;
  Origin: string;
  MultiRegion: boolean;
  CustomKeyStoreId?: string;
  XksKeyId?: string;
}

/** What kind of key CreateKey was asked for. Throws when AWS would, and for kinds that this cloud lacks. */
export function specAndUsage(input: KindInput): { spec: BackingKeySpec; usage: KeyUsage } {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validationError(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const spec = input.KeySpec ?? input.CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (input.KeyUsage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    throw validationError(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  const usage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
  if (input.Origin !== 'AWS_KMS') throw notImplemented(`Origin ${input.Origin}`);
  if (input.CustomKeyStoreId !== undefined || input.XksKeyId !== undefined) {
    throw notImplemented('A custom key store');
  }
  if (input.MultiRegion) throw notImplemented('MultiRegion');
  if (!isImplementedSpec(spec)) throw notImplemented(`KeySpec ${spec}`);
  const { usages } = keySpecs[spec];
  if (!Object.hasOwn(usages, usage)) {
    throw validationError(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec, usage: usage as KeyUsage };
}

/**
 * The new key's policy text: the one given, or the default. Refuses one under which the caller could
 * not mend it later, unless told otherwise (KMS API Reference, CreateKey, BypassPolicyLockoutSafetyCheck).
 */
export function keyPolicyFor(
  call: Call,
  draft: KeyRecord,
  given: string | undefined,
  bypassLockoutCheck: boolean,
): string {
  if (given === undefined) return JSON.stringify(defaultKeyPolicy(draft.accountId), null, 2);
  const policy = parsePolicyDocument(given);
  checkPrincipalsExist(policy, call.transaction);
  if (!bypassLockoutCheck) {
    const found = { record: draft, fromCiphertext: false };
    if (!decideOnKey(call, 'kms:PutKeyPolicy', found, policy).allowed) {
      throw new AwsError(
        'MalformedPolicyDocumentException',
        'The new key policy will not allow you to update the key policy in the future.',
      );
    }
  }
  return given;
}

const tagsPerKey = 50;

type Tag = InputOf<{ TagKey: Member<string, true>; TagValue: Member<string, true> }>;

/** The tags of a new key, held against AWS's rules. Tagging needs a permission of its own. */
export function tagsOf(call: Call, tags: Tag[] = []): Tag[] {
  if (tags.length === 0) return [];
  if (tags.length > tagsPerKey) throw new AwsError('TagException', 'Too many tags');
  if (tags.some(({ TagKey }) => TagKey.toLowerCase().startsWith('aws:'))) {
    throw new AwsError('TagException', 'Tags beginning with aws: are reserved');
  }
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) {
    throw new AwsError('TagException', 'Duplicate tag keys');
  }
  permit(call, 'kms:TagResource');
  return tags;
}

const auditDate = new Intl.DateTimeFormat('en-US', {
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});

/** KeyMetadata as CloudTrail shows it: lower camel case, dates such as `Aug 10, 2022, 10:38:27 PM`. */
export function auditedKeyMetadata(key: KeyRecord): JsonObject {
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(keyMetadata(key))) {
    // ICU puts a narrow no-break space before AM and PM; CloudTrail a plain one.
    const plain =
      value instanceof Timestamp ? auditDate.format(value.milliseconds).replace('\u202f', ' ') : value;
    Object.assign(shown, writeOutput({ [name === 'AWSAccountId' ? name : lowerCamel(name)]: plain }));
  }
  return shown;
}
