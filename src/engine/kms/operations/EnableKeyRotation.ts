import { integer, required, withDefault } from '../../declaration/members.ts';
import { keyId } from '../members.ts';
import { refuseReplica, storePrimary } from '../multi-region/family.ts';
import { managedKey, operation } from '../operation.ts';
import { unlessRotatableAutomatically } from '../rotation/rotatable.ts';
import { withAutomaticRotation } from '../rotation/schedule.ts';

/**
 * EnableKeyRotation: new material every so many days. Called again, it counts from that day on. AWS: KMS API
 * Reference, EnableKeyRotation.
 */
export const EnableKeyRotation = operation('EnableKeyRotation', {
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    RotationPeriodInDays: withDefault(365, integer({ min: 90, max: 2560 })),
  },
  keys: { key: { ...managedKey('kms:EnableKeyRotation'), unfit: unlessRotatableAutomatically } },
  run({ input, keys: { key }, call }) {
    refuseReplica(key);
    storePrimary(call.transaction, withAutomaticRotation(call, key, input.RotationPeriodInDays));
    return {};
  },
});
