import { about, boolean, required, withDefault } from '../../declaration/members.ts';
import { permit } from '../../service/permit.ts';
import type { Call } from '../../service/service.ts';
import { requestTagKeys } from '../condition-keys.ts';
import { keyMetadata } from '../key-metadata.ts';
import { description, keyId, keyPolicy, regionName, tags } from '../members.ts';
import { requirePrimary } from '../multi-region/family.ts';
import { checkReplicaRegion } from '../multi-region/replica-region.ts';
import { addReplica, draftReplica } from '../multi-region/replicate.ts';
import { auditedKeyMetadata, checkKeyQuota, keyPolicyFor } from '../new-key.ts';
import { managedKey, operation } from '../operation.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { checkTags } from '../tags.ts';

/**
 * ReplicateKey: the same key in another Region, with policy, tags and aliases of its own. AWS: KMS API Reference,
 * ReplicateKey.
 */
export const ReplicateKey = operation('ReplicateKey', {
  summary: 'Makes a replica of a multi-Region primary key in another Region.',
  readOnly: false,
  input: {
    KeyId: required(keyId()),
    ReplicaRegion: about('The Region in which to make the replica.', required(regionName())),
    Policy: keyPolicy(),
    BypassPolicyLockoutSafetyCheck: about(
      'Leave out the check that you yourself will still be able to change the key policy; a key can so become unmanageable.',
      withDefault(false, boolean()),
    ),
    Description: withDefault('', description()),
    Tags: tags(),
  },
  keys: {
    key: {
      ...managedKey('kms:ReplicateKey'),
      conditions: ({ Tags }) => requestTagKeys(Tags),
    },
  },
  differs: [
    'A replica is Creating for two seconds; how long it takes at AWS is not published.',
    'Every Region of AWS is enabled in every account.',
  ],
  async run({ input, keys: { key }, call, rooms }) {
    const { ReplicaRegion: region, Description, Tags = [] } = input;
    requirePrimary(key);
    checkReplicaRegion(call.transaction, key, region);
    checkTags(Tags, rooms);
    const there = { ...call, region };
    permitCreation(there, key, Tags);
    checkKeyQuota(call, { accountId: key.accountId, region }, rooms);
    const draft = draftReplica(call, key, { region, description: Description, tags: Tags });
    const policy = keyPolicyFor(there, draft, {
      given: input.Policy,
      bypassLockoutCheck: input.BypassPolicyLockoutSafetyCheck,
    });
    const replica = { ...draft, policy };
    await addReplica(call, key, replica, rooms);
    // AWS leaves this one member out of the reply.
    const { CurrentKeyMaterialId: _, ...metadata } = keyMetadata(replica);
    const { currentKeyMaterialId: __, ...audited } = auditedKeyMetadata(replica);
    call.audit.responseElements = { replicaKeyMetadata: audited, replicaPolicy: policy };
    rooms.recordServiceEvent(call.transaction, {
      name: 'CreateKey',
      time: call.time,
      accountId: key.accountId,
      region,
      keyArns: [arnOfKey(replica)],
      caller: call.caller,
      requestParameters: creationParameters(replica, input.BypassPolicyLockoutSafetyCheck),
      responseElements: { keyMetadata: audited },
    });
    return { ReplicaKeyMetadata: metadata, ReplicaPolicy: policy, ReplicaTags: Tags };
  },
});

/** A replica is a new key in its Region: identity policies must allow that there, and its tags. */
function permitCreation(there: Call, key: KeyRecord, tags: KeyRecord['tags']): void {
  permit(there, 'kms:CreateKey', '*', {
    'kms:KeySpec': [key.spec],
    'kms:KeyUsage': [key.usage],
    'kms:KeyOrigin': [key.origin],
    'kms:MultiRegion': ['true'],
    'kms:MultiRegionKeyType': ['REPLICA'],
    ...requestTagKeys(tags),
  });
  if (tags.length > 0) permit(there, 'kms:TagResource', '*', requestTagKeys(tags));
}

/** What the trail of the replica's Region shows as the parameters of its making. */
function creationParameters(replica: KeyRecord, bypassPolicyLockoutSafetyCheck: boolean) {
  const { description, usage, spec, origin, policy } = replica;
  return {
    policy,
    description,
    keyUsage: usage,
    keySpec: spec,
    origin,
    bypassPolicyLockoutSafetyCheck,
    multiRegion: true,
  };
}
