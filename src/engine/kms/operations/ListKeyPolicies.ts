import { required } from '../../declaration/members.ts';
import { thePolicyName } from '../key-policy.ts';
import { keyId, limit, marker } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { pageOf } from '../pagination.ts';

/** ListKeyPolicies: names of the key's policies, of which there is one. AWS: KMS API Reference, ListKeyPolicies. */
export const ListKeyPolicies = operation('ListKeyPolicies', {
  summary: 'Lists the names of a key’s policies; there is only ever one, `default`.',
  readOnly: true,
  input: { KeyId: required(keyId()), Limit: limit(1000, 100), Marker: marker() },
  keys: { key: managedKey('kms:ListKeyPolicies') },
  run({ input }) {
    const { items, NextMarker, Truncated } = pageOf([thePolicyName], (name) => name, input);
    return { PolicyNames: items, NextMarker, Truncated };
  },
});
