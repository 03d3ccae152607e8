import { bytesToHex } from '@noble/hashes/utils.js';
import { about, list, oneOf, required } from '../../declaration/members.ts';
import { awsEnums } from '../enums.ts';
import { limitExceeded } from '../errors.ts';
import { checkWithinParent } from '../grants/child-grants.ts';
import { newGrantKeys } from '../grants/condition-keys.ts';
import { checkFitsKey } from '../grants/fitness.ts';
import { grantConstraints, grantName, principal, servicePrincipal } from '../grants/members.ts';
import { newGrant, sameGrant } from '../grants/new-grant.ts';
import { requirePrincipal } from '../grants/principals.ts';
import { countGrants, storeGrant } from '../grants/store.ts';
import { checkGrantTerms, constraintsOf, contextOf } from '../grants/terms.ts';
import { newGrantToken } from '../grants/tokens.ts';
import { dryRun, grantTokens, keyId } from '../members.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/**
 * CreateGrant: lets a principal use a key without any change to a policy. With a Name, a repeated request finds the
 * grant that it made before. AWS: KMS API Reference, CreateGrant.
 */
export const CreateGrant = operation('CreateGrant', {
  summary: 'Lets a principal use one key for the operations that you list.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    GranteePrincipal: about(
      'Who may use the key: the ARN of an account, user, role, or session of one.',
      principal(),
    ),
    RetiringPrincipal: about('Who may end the grant by RetireGrant.', principal()),
    Operations: about(
      'What the grantee may do with the key.',
      required(list(oneOf(awsEnums.GrantOperation))),
    ),
    Constraints: grantConstraints(),
    GrantTokens: grantTokens(),
    Name: grantName(),
    DryRun: dryRun(),
    GranteeServicePrincipal: about(
      'The AWS service that may use the key, in the place of GranteePrincipal.',
      servicePrincipal(),
    ),
    RetiringServicePrincipal: about(
      'The AWS service that may end the grant, in the place of RetiringPrincipal.',
      servicePrincipal(),
    ),
  },
  keys: {
    key: {
      ...managedKey('kms:CreateGrant'),
      crossAccount: true,
      context: (input) => contextOf(constraintsOf(input)),
      conditions: (input, _key, call) => newGrantKeys(input, call.caller),
    },
  },
  check: checkGrantTerms,
  differs: [
    'A grant holds at once; with AWS it may take up to five minutes unless its grant token is sent along.',
  ],
  run({ input, keys: { key }, decisions, call, rooms }) {
    const { transaction } = call;
    const wanted = newGrant(call, key, input);
    checkFitsKey(key, input.Operations, wanted.constraints);
    for (const arn of [input.GranteePrincipal, input.RetiringPrincipal]) {
      if (arn !== undefined) requirePrincipal(transaction, arn);
    }
    checkWithinParent(call, key, decisions.key, wanted);
    let grant = sameGrant(transaction, key, wanted);
    if (!grant) {
      const most = rooms.quotas.grantsPerKey;
      // AWS managed keys are not the account's to count.
      if (key.manager === 'CUSTOMER' && countGrants(transaction, key) >= most) {
        throw limitExceeded(`A KMS key can have at most ${most} grants.`);
      }
      grant = { ...wanted, grantId: bytesToHex(rooms.randomness.bytes(32)) };
      storeGrant(transaction, grant);
    }
    call.audit.responseElements = { grantId: grant.grantId, keyId: arnOfKey(key) };
    return { GrantToken: newGrantToken(grant.grantId, rooms.randomness), GrantId: grant.grantId };
  },
});
