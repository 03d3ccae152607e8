import { about, boolean, required, withDefault } from '../../declaration/members.ts';
import { unsupported } from '../errors.ts';
import { isThePolicyName } from '../key-policy.ts';
import { keyId, keyPolicy, policyName } from '../members.ts';
import { keyPolicyFor } from '../new-key.ts';
import { managedKey, operation } from '../operation.ts';
import { storeKey } from '../records.ts';

/** PutKeyPolicy: replaces the whole key policy. AWS: KMS API Reference, PutKeyPolicy. */
export const PutKeyPolicy = operation('PutKeyPolicy', {
  summary: 'Puts a new key policy in the place of the one that a key has.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    PolicyName: policyName(),
    Policy: required(keyPolicy()),
    BypassPolicyLockoutSafetyCheck: about(
      'Leave out the check that you yourself will still be able to change the key policy; a key can so become unmanageable.',
      withDefault(false, boolean()),
    ),
  },
  keys: { key: managedKey('kms:PutKeyPolicy') },
  differs: ['A new policy holds at once; with AWS it may take a few minutes.'],
  run({ input, keys: { key }, call }) {
    if (!isThePolicyName(input.PolicyName))
      throw unsupported('Only the policy named "default" is supported.');
    const policy = keyPolicyFor(call, key, {
      given: input.Policy,
      bypassLockoutCheck: input.BypassPolicyLockoutSafetyCheck,
    });
    storeKey(call.transaction, { ...key, policy });
    return {};
  },
});
