import { required } from '../../declaration/members.ts';
import { inState } from '../custom-key-stores/availability.ts';
import { unusedKeys } from '../last-usage.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';

/** DisableKey: reversible, and at once. AWS: KMS API Reference, DisableKey. */
export const DisableKey = operation('DisableKey', {
  summary: 'Keeps a key from being used, until it is enabled again.',
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: { ...managedKey('kms:DisableKey'), conditions: unusedKeys } },
  run({ keys: { key }, call }) {
    storeKey(call.transaction, inState(call.transaction, key, 'Disabled'));
    return {};
  },
});
