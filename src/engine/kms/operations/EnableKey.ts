import { required } from '../../declaration/members.ts';
import { inState } from '../custom-key-stores/availability.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';
import { catchUpRotation } from '../rotation/schedule.ts';

/** EnableKey. A rotation that has become due meanwhile follows at once. AWS: KMS API Reference, EnableKey. */
export const EnableKey = operation('EnableKey', {
  summary: 'Lets a disabled key be used again.',
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: managedKey('kms:EnableKey') },
  run({ keys: { key }, call }) {
    storeKey(call.transaction, inState(call.transaction, key, 'Enabled'));
    catchUpRotation(call, key);
    return {};
  },
});
