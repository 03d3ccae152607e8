import { about, required } from '../../declaration/members.ts';
import { checkAliasName, checkAliasQuota, existingAlias, storeAlias } from '../aliases.ts';
import { validationError } from '../errors.ts';
import { keySpecs } from '../key-specs.ts';
import { aliasName, keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';

/**
 * UpdateAlias: points an alias at another key of the same type and usage; needs permission on the alias and
 * on both keys. AWS: KMS API Reference, UpdateAlias.
 */
export const UpdateAlias = operation('UpdateAlias', {
  summary: 'Lets an alias point to another key of the same type and usage.',
  readOnly: false,
  aliasAction: 'kms:UpdateAlias',
  input: {
    AliasName: required(aliasName()),
    TargetKeyId: about('The key that the alias is to point to, by its key id or key ARN.', required(keyId())),
  },
  keys: {
    current: {
      ...managedKey('kms:UpdateAlias'),
      state: 'UpdateAlias, current key',
      named: (input, call) => existingAlias(call, input.AliasName).targetKeyId,
    },
    target: { ...managedKey('kms:UpdateAlias'), named: (input) => input.TargetKeyId },
  },
  check: checkAliasName,
  run({ input, keys: { current, target }, call, rooms }) {
    if (keySpecs[current.spec].kind !== keySpecs[target.spec].kind || current.usage !== target.usage) {
      throw validationError(
        'The current and new KMS keys must have the same type and the same key usage to share an alias.',
      );
    }
    if (current.keyId !== target.keyId) checkAliasQuota(call, target, rooms);
    storeAlias(call, {
      ...existingAlias(call, input.AliasName),
      targetKeyId: target.keyId,
      updated: call.time,
    });
    return {};
  },
});
