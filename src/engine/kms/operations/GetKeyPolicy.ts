import { required } from '../../declaration/members.ts';
import { notFound } from '../errors.ts';
import { keyId, policyName } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { isThePolicyName, thePolicyName } from '../key-policy.ts';

/** GetKeyPolicy: the key policy's text, as it was given. AWS: KMS API Reference, GetKeyPolicy. */
export const GetKeyPolicy = operation('GetKeyPolicy', {
  summary: 'Gives the key policy of a key.',
  readOnly: true,
  input: { KeyId: required(keyId()), PolicyName: policyName() },
  keys: { key: managedKey('kms:GetKeyPolicy') },
  run({ input, keys: { key } }) {
    if (!isThePolicyName(input.PolicyName)) throw notFound('No such policy exists');
    return { Policy: key.policy, PolicyName: thePolicyName };
  },
});
