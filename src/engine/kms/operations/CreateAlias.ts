import { about, required } from '../../declaration/members.ts';
import { AwsError } from '../../errors/aws-error.ts';
import { checkAliasName, checkAliasQuota, locationOf, storeAlias } from '../aliases.ts';
import { aliasArn } from '../identifiers.ts';
import { aliasName, keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { aliases, place } from '../records.ts';

/** CreateAlias: a friendly name for a key; needs permission on both. AWS: KMS API Reference, CreateAlias. */
export const CreateAlias = operation('CreateAlias', {
  summary: 'Gives a key a name of your choice in this account and Region.',
  readOnly: false,
  aliasAction: 'kms:CreateAlias',
  input: {
    AliasName: required(aliasName()),
    TargetKeyId: about('The key that the alias is to point to, by its key id or key ARN.', required(keyId())),
  },
  keys: { target: { ...managedKey('kms:CreateAlias'), named: (input) => input.TargetKeyId } },
  check: checkAliasName,
  run({ input, keys: { target }, call, rooms }) {
    const location = locationOf(call);
    if (call.transaction.get(aliases, place(location) + input.AliasName)) {
      const arn = aliasArn(location, input.AliasName);
      throw new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
    }
    checkAliasQuota(call, target, rooms);
    storeAlias(call, {
      ...location,
      name: input.AliasName,
      targetKeyId: target.keyId,
      created: call.time,
      updated: call.time,
    });
    return {};
  },
});
