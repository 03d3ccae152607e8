import { required } from '../../declaration/members.ts';
import { keyId } from '../members.ts';
import { refuseReplica, storePrimary } from '../multi-region/family.ts';
import { managedKey, operation } from '../operation.ts';
import { unlessRotatableAutomatically } from '../rotation/rotatable.ts';
import { withoutAutomaticRotation } from '../rotation/schedule.ts';

/**
 * DisableKeyRotation: no more automatic rotations. One on demand that is under way goes on. AWS: KMS API Reference,
 * DisableKeyRotation.
 */
export const DisableKeyRotation = operation('DisableKeyRotation', {
  summary: 'Turns off the automatic rotation of a key.',
  readOnly: false,
  input: { KeyId: required(keyId()) },
  keys: { key: { ...managedKey('kms:DisableKeyRotation'), unfit: unlessRotatableAutomatically } },
  run({ keys: { key }, call }) {
    refuseReplica(key);
    storePrimary(call.transaction, withoutAutomaticRotation(call, key));
    return {};
  },
});
