import { about, required } from '../../declaration/members.ts';
import { notFound, validationError } from '../errors.ts';
import { keyArn } from '../identifiers.ts';
import { stateRefusal } from '../key-states.ts';
import { keyId, regionName } from '../members.ts';
import { relatedKey, requirePrimary } from '../multi-region/family.ts';
import { exchangeRoles } from '../multi-region/primary-region.ts';
import { managedKey, operation } from '../operation.ts';
import { permitOnKey } from '../permission.ts';
import { arnOfKey } from '../records.ts';

/**
 * UpdatePrimaryRegion: the replica in another Region becomes the primary key, and this one a replica. The caller must
 * be allowed on both. AWS: KMS API Reference, UpdatePrimaryRegion.
 */
export const UpdatePrimaryRegion = operation('UpdatePrimaryRegion', {
  summary: 'Makes a replica the primary of its multi-Region key, and the primary a replica.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    PrimaryRegion: about('The Region of the replica that is to become the primary.', required(regionName())),
  },
  keys: { key: managedKey('kms:UpdatePrimaryRegion') },
  differs: ['Both keys are Updating for two seconds; how long it takes at AWS is not published.'],
  run({ input: { KeyId, PrimaryRegion: region }, keys: { key }, call, rooms }) {
    requirePrimary(key);
    if (region === key.region) throw validationError(`${region} is the primary Region already.`);
    const replica = relatedKey(call.transaction, key, region);
    if (!replica) throw notFound(`Key '${keyArn({ ...key, region }, key.keyId)}' does not exist`);
    const found = { record: replica, fromCiphertext: false };
    const conditionKeys = { 'kms:PrimaryRegion': [region] };
    permitOnKey({ ...call, region }, 'kms:UpdatePrimaryRegion', found, { conditionKeys });
    const refusal = stateRefusal('UpdatePrimaryRegion', replica.state, arnOfKey(replica));
    if (refusal) throw refusal;
    exchangeRoles(call, key, replica);
    rooms.recordServiceEvent(call.transaction, {
      name: 'UpdatePrimaryRegion',
      time: call.time,
      accountId: key.accountId,
      region,
      keyArns: [arnOfKey(replica)],
      caller: call.caller,
      requestParameters: { keyId: KeyId, primaryRegion: region },
    });
    return {};
  },
});
