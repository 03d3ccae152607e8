import { about, integer, required, withDefault } from '../../declaration/members.ts';
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
  summary: 'Turns on the automatic rotation of a symmetric key, or changes how often it happens.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    RotationPeriodInDays: about(
      'How many days lie between two rotations.',
      withDefault(365, integer({ min: 90, max: 2560 })),
    ),
  },
  keys: { key: { ...managedKey('kms:EnableKeyRotation'), unfit: unlessRotatableAutomatically } },
  run({ input, keys: { key }, call }) {
    refuseReplica(key);
    storePrimary(call.transaction, withAutomaticRotation(call, key, input.RotationPeriodInDays));
    return {};
  },
});
