import { uuid } from '../clock/randomness.ts';
import { bytesToHex } from '@noble/hashes/utils.js';
import { lowerCamel } from '../declaration/validate.ts';
import { Timestamp, writeOutput } from '../declaration/output.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { BackingKeySpec } from '../hsm/hsm.ts';
import { defaultKeyPolicy } from '../iam/default-key-policy.ts';
import { checkPrincipalsExist } from '../iam/existing-principals.ts';
import { parsePolicyDocument } from '../iam/grammar/policy.ts';
import type { Call, JsonObject, Work } from '../service/service.ts';
import type { AwsEnum } from './enums.ts';
import { limitExceeded, unsupported, validationError } from './errors.ts';
import type { KeyLocation } from './identifiers.ts';
import { keyMetadata } from './key-metadata.ts';
import { isOfferedIn, keySpecs, type KeyUsage, type Origin } from './key-specs.ts';
import { countManagedKeys } from './managed-keys/managed-aliases.ts';
import { accept } from './module.ts';
import type { Rooms } from './operation.ts';
import { decideOnKey } from './permission.ts';
import { arnOfKey, keys, place, type KeyRecord } from './records.ts';
import { storeToken } from './tokens.ts';

interface KindInput {
  KeySpec?: AwsEnum<'KeySpec'>;
  CustomerMasterKeySpec?: AwsEnum<'CustomerMasterKeySpec'>;
  KeyUsage?: KeyUsage;
  Origin: Origin;
  MultiRegion: boolean;
}

interface Kind {
  spec: BackingKeySpec;
  usage: KeyUsage;
}

/** The kind of key that CreateKey is asked for; ENCRYPT_DECRYPT where the usage is left out. */
export function kindOf({ KeySpec, CustomerMasterKeySpec, KeyUsage }: Partial<KindInput>): Kind {
  return {
    spec: KeySpec ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT',
    usage: KeyUsage ?? 'ENCRYPT_DECRYPT',
  };
}

/** Throws what AWS answers to a kind of key that there cannot be, or not in this Region. */
export function checkKind(input: KindInput, region: string): void {
  if (input.KeySpec !== undefined && input.CustomerMasterKeySpec !== undefined) {
    throw validationError(
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const { spec, usage } = kindOf(input);
  if (input.KeyUsage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    throw validationError(
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  const { usages, origins } = keySpecs[spec];
  if (!usages[usage]) throw validationError(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  if (!isOfferedIn(spec, region)) throw unsupported(`KeySpec ${spec} is not supported in ${region}.`);
  if (!origins.includes(input.Origin)) {
    throw unsupported(`KeySpec ${spec} is not compatible with Origin ${input.Origin}.`);
  }
}

/** A key that does not exist yet: what all new keys have in common. */
export function draftKey(
  work: Work,
  location: KeyLocation,
  about: Kind & Pick<KeyRecord, 'keyId'> & Partial<KeyRecord>,
): KeyRecord {
  return {
    accountId: location.accountId,
    region: location.region,
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    state: 'Enabled',
    description: '',
    created: work.time,
    policy: '',
    tags: [],
    materials: [],
    onDemandRotations: 0,
    ...about,
  };
}

/** A UUID; for multi-Region keys `mrk-` and 32 hex digits. */
export function newKeyId({ randomness, reservedKeyIds }: Rooms, isMultiRegion: boolean): string {
  const reserved = reservedKeyIds.shift();
  if (reserved !== undefined) return reserved;
  return isMultiRegion ? `mrk-${bytesToHex(randomness.bytes(16))}` : uuid(randomness);
}

/** Has the module make the key's first material, and stores its token. Gives the key with both noted. */
export async function withMaterial(work: Work, draft: KeyRecord, { hsm }: Rooms): Promise<KeyRecord> {
  const command = { keyArn: arnOfKey(draft), spec: draft.spec, watched: work.trace.watched };
  const { token, publicKey } = accept(work, await hsm.generateBackingKey(command));
  storeToken(work, draft, token);
  return {
    ...draft,
    materials: [{ id: token.materialId, state: 'CURRENT' }],
    ...(publicKey && { publicKey }),
  };
}

/** Throws LimitExceededException when the account has as many keys of its own in the Region as it may have. */
export function checkKeyQuota(work: Work, location: KeyLocation, { quotas }: Rooms): void {
  const { transaction } = work;
  const customers = transaction.count(keys, place(location)) - countManagedKeys(transaction, location);
  if (customers >= quotas.keys) {
    throw limitExceeded(`You have reached the quota of ${quotas.keys} KMS keys in ${location.region}.`);
  }
}

interface PolicyTerms {
  /** The policy's text; the default policy where there is none. */
  given: string | undefined;
  bypassLockoutCheck: boolean | undefined;
}

/**
 * The policy text that a key is to have. Refuses one under which the caller could not mend it later, unless told
 * otherwise (KMS API Reference, CreateKey, BypassPolicyLockoutSafetyCheck).
 * Throws MalformedPolicyDocumentException or LimitExceededException.
 */
export function keyPolicyFor(call: Call, key: KeyRecord, { given, bypassLockoutCheck }: PolicyTerms): string {
  if (given === undefined) return JSON.stringify(defaultKeyPolicy(key.accountId), null, 2);
  const policy = parsePolicyDocument(given);
  checkPrincipalsExist(policy, call.transaction);
  if (!bypassLockoutCheck) {
    const found = { record: key, fromCiphertext: false };
    if (!decideOnKey(call, 'kms:PutKeyPolicy', found, policy).allowed) {
      throw new AwsError(
        'MalformedPolicyDocumentException',
        'The new key policy will not allow you to update the key policy in the future.',
      );
    }
  }
  return given;
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

/** A moment as CloudTrail shows it within responseElements: `Aug 10, 2022, 10:38:27 PM`. */
export function auditedTime(time: number): string {
  // ICU puts a narrow no-break space before AM and PM; CloudTrail a plain one.
  return auditDate.format(time).replace('\u202f', ' ');
}

/** KeyMetadata as CloudTrail shows it: lower camel case, and dates in words. */
export function auditedKeyMetadata(key: KeyRecord): JsonObject {
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(keyMetadata(key))) {
    const plain = value instanceof Timestamp ? auditedTime(value.milliseconds) : value;
    Object.assign(shown, writeOutput({ [name === 'AWSAccountId' ? name : lowerCamel(name)]: plain }));
  }
  return shown;
}
