import { required } from '../../declaration/members.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';

/** EnableKey. AWS: KMS API Reference, EnableKey. */
export const EnableKey = operation('EnableKey', {
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: managedKey('kms:EnableKey') },
  run({ keys: { key }, call }) {
    storeKey(call.transaction, { ...key, state: 'Enabled' });
    return {};
  },
});
