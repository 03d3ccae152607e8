import { required } from '../../declaration/members.ts';
import { description, keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';

/** UpdateKeyDescription. AWS: KMS API Reference, UpdateKeyDescription. */
export const UpdateKeyDescription = operation('UpdateKeyDescription', {
  summary: 'Changes the description of a key.',
  readOnly: false,
  input: { KeyId: required(keyId()), Description: required(description()) },
  keys: { key: managedKey('kms:UpdateKeyDescription') },
  run({ input, keys: { key }, call }) {
    storeKey(call.transaction, { ...key, description: input.Description });
    return {};
  },
});
