import { AwsError } from '../errors/aws-error.ts';
import type { Call } from '../service/service.ts';
import { limitExceeded, notFound, validationError } from './errors.ts';
import { aliasArn, type KeyLocation } from './identifiers.ts';
import { managedPrefix } from './managed-keys/managed-aliases.ts';
import type { Rooms } from './operation.ts';
import {
  aliases,
  aliasNamesOf,
  arnOfAlias,
  place,
  putAlias,
  type AliasRecord,
  type KeyRecord,
} from './records.ts';

/** Holds an alias name against AWS's rules. Aliases under `alias/aws/` belong to AWS. */
export function checkAliasName({ AliasName }: { AliasName: string }): void {
  if (!AliasName.startsWith('alias/')) {
    throw validationError(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (AliasName.startsWith(managedPrefix)) {
    throw new AwsError('NotAuthorizedException', '');
  }
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(AliasName)) {
    throw new AwsError('InvalidAliasNameException', 'Alias contains invalid characters');
  }
}

/** Aliases live in the caller's own account and Region. */
export function locationOf(call: Call): KeyLocation {
  return { accountId: call.caller.principal.accountId, region: call.region };
}

/** The alias, or NotFoundException. */
export function existingAlias(call: Call, name: string): AliasRecord {
  const location = locationOf(call);
  const alias = call.transaction.get(aliases, place(location) + name);
  if (!alias) throw notFound(`Alias ${aliasArn(location, name)} is not found.`);
  return alias;
}

export function storeAlias(call: Call, alias: AliasRecord): void {
  putAlias(call.transaction, alias);
  noteAlias(call, alias);
}

/** Alias operations name the alias, too, among CloudTrail's resources. */
export function noteAlias(call: Call, alias: AliasRecord): void {
  const resource = { accountId: alias.accountId, type: 'AWS::KMS::Alias', ARN: arnOfAlias(alias) };
  call.audit.resources = [...(call.audit.resources ?? []), resource];
}

/** Throws LimitExceededException when `key` has as many aliases as a key may have. */
export function checkAliasQuota(call: Call, key: KeyRecord, { quotas }: Rooms): void {
  if (aliasNamesOf(call.transaction, key).length >= quotas.aliasesPerKey) {
    throw limitExceeded(`A key can have at most ${quotas.aliasesPerKey} aliases.`);
  }
}
