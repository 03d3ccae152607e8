import { about, hidden, string } from '../../declaration/members.ts';
import { validationError } from '../errors.ts';
import { checkGrantId, existingGrant, refuseUnknown } from '../grants/find-grant.ts';
import { grantId } from '../grants/members.ts';
import { permitRetiring } from '../grants/retiring.ts';
import { grantById, keyOfGrant, removeGrant } from '../grants/store.ts';
import { checkGrantTokens, grantIdIn } from '../grants/tokens.ts';
import { keyArn } from '../identifiers.ts';
import { dryRun, keyId } from '../members.ts';
import { addToAudit } from '../module.ts';
import { operation } from '../operation.ts';

interface NamesAGrant {
  GrantToken?: string;
  KeyId?: string;
  GrantId?: string;
}

/**
 * RetireGrant: ends a grant that is not needed any more, in the right that the grant itself gives. The grant is named
 * by its token, or by key and grant id; CloudTrail shows neither. AWS: KMS API Reference, RetireGrant.
 */
export const RetireGrant = operation('RetireGrant', {
  summary: 'Ends a grant, as the one who uses it or was named to retire it.',
  readOnly: false,
  input: {
    GrantToken: about(
      'The grant, by the token that CreateGrant gave; or else name KeyId and GrantId.',
      hidden(string({ min: 1, max: 8192 })),
    ),
    KeyId: about('The key of the grant, by its key ARN.', hidden(keyId())),
    GrantId: hidden(grantId()),
    DryRun: hidden(dryRun()),
  },
  keys: {
    key: {
      named(input, call) {
        if (input.KeyId !== undefined) return input.KeyId;
        const id = grantIdOf(input);
        const grant = grantById(call.transaction, id) ?? refuseUnknown(id);
        const key = keyOfGrant(grant);
        return keyArn(key, key.keyId);
      },
      takes: 'key',
      crossAccount: true,
    },
  },
  check(input) {
    const { GrantToken, KeyId, GrantId } = input;
    const isByToken = GrantToken !== undefined;
    const isById = KeyId !== undefined && GrantId !== undefined;
    const isHalf = (KeyId === undefined) !== (GrantId === undefined);
    if (isByToken === isById || isHalf) {
      throw validationError('You must specify either a GrantToken, or both a KeyId and a GrantId.');
    }
    if (isByToken) checkGrantTokens([GrantToken]);
    checkGrantId(GrantId);
  },
  differs: ['A grant ends at once; with AWS it may take up to five minutes.'],
  run({ input, keys: { key }, call }) {
    const grant = existingGrant(call.transaction, key, grantIdOf(input));
    permitRetiring(call, key, grant);
    removeGrant(call.transaction, grant);
    addToAudit(call, { grantId: grant.grantId });
    return {};
  },
});

function grantIdOf({ GrantToken, GrantId }: NamesAGrant): string {
  return GrantId ?? (GrantToken === undefined ? '' : (grantIdIn(GrantToken) ?? ''));
}
