import { required } from '../../declaration/members.ts';
import { checkAliasName, existingAlias, noteAlias } from '../aliases.ts';
import { aliasName } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { removeAlias } from '../records.ts';

/** DeleteAlias: the name goes, the key stays. AWS: KMS API Reference, DeleteAlias. */
export const DeleteAlias = operation('DeleteAlias', {
  summary: 'Deletes an alias; the key that it points to stays as it is.',
  readOnly: false,
  aliasAction: 'kms:DeleteAlias',
  input: { AliasName: required(aliasName()) },
  keys: {
    target: {
      ...managedKey('kms:DeleteAlias'),
      named: (input, call) => existingAlias(call, input.AliasName).targetKeyId,
    },
  },
  check: checkAliasName,
  run({ input, call }) {
    const alias = existingAlias(call, input.AliasName);
    removeAlias(call.transaction, alias);
    noteAlias(call, alias);
    return {};
  },
});
