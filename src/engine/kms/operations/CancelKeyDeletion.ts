import { required } from '../../declaration/members.ts';
import { withoutWaitingPeriod } from '../deletion/waiting-period.ts';
import { keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey, storeKey } from '../records.ts';

/** CancelKeyDeletion: the key stays, disabled whatever it was before. AWS: KMS API Reference, CancelKeyDeletion. */
export const CancelKeyDeletion = operation('CancelKeyDeletion', {
  summary: 'Calls off the deletion of a key, which is Disabled afterwards.',
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: managedKey('kms:CancelKeyDeletion') },
  run({ keys: { key }, call }) {
    storeKey(call.transaction, withoutWaitingPeriod(call, key));
    call.audit.responseElements = { keyId: arnOfKey(key) };
    return { KeyId: arnOfKey(key) };
  },
});
