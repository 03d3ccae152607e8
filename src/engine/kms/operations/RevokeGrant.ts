import { required } from '../../declaration/members.ts';
import { grantForServiceKeys } from '../grants/condition-keys.ts';
import { checkGrantId, existingGrant } from '../grants/find-grant.ts';
import { grantId } from '../grants/members.ts';
import { removeGrant } from '../grants/store.ts';
import { dryRun, keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';

/** RevokeGrant: ends a grant in the key administrator's right. AWS: KMS API Reference, RevokeGrant. */
export const RevokeGrant = operation('RevokeGrant', {
  summary: 'Ends a grant, as one who manages the key.',
  readOnly: false,
  input: { KeyId: required(keyId()), GrantId: required(grantId()), DryRun: dryRun() },
  keys: {
    key: {
      ...managedKey('kms:RevokeGrant'),
      crossAccount: true,
      conditions: (_input, _key, call) => grantForServiceKeys(call.caller),
    },
  },
  check: ({ GrantId }) => checkGrantId(GrantId),
  differs: ['A grant ends at once; with AWS it may take up to five minutes.'],
  run({ input, keys: { key }, call }) {
    removeGrant(call.transaction, existingGrant(call.transaction, key, input.GrantId));
    return {};
  },
});
