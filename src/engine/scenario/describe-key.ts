import { defaultKeyPolicy } from '../iam/default-key-policy.ts';
import { grants, type GrantRecord } from '../kms/grants/records.ts';
import { aliases, arnOfKey, place, recordKey, type KeyRecord } from '../kms/records.ts';
import type { Reader } from '../vault/vault.ts';
import type { ScenarioKey } from './schema/scenario.ts';

/** Something of a cloud that no scenario can say; the reason is one sentence for the learner. */
export interface LeftOut {
  keyArn: string;
  reason: string;
}

type Grant = NonNullable<ScenarioKey['grants']>[number];

/**
 * A customer managed key as a scenario says it. None for what another key brings along (replicas), for AWS managed
 * keys, which come by themselves, and for keys that a scenario cannot make; those are added to `leftOut`.
 */
export function describedKey(reader: Reader, key: KeyRecord, leftOut: LeftOut[]): ScenarioKey[] {
  const keyArn = arnOfKey(key);
  const leave = (reason: string): [] => {
    leftOut.push({ keyArn, reason });
    return [];
  };
  if (key.manager === 'AWS' || key.multiRegion?.type === 'REPLICA') return [];
  if (key.customKeyStore) return leave('It lives in a custom key store.');
  if (key.deletion) return leave('It is about to be deleted.');

  const { origin, multiRegion, rotation } = key;
  const names = reader
    .list(aliases, { prefix: place(key) })
    .filter(({ value }) => value.targetKeyId === key.keyId)
    .map(({ value }) => value.name);
  const said: ScenarioKey = {
    keyId: key.keyId,
    region: key.region,
    spec: key.spec,
    usage: key.usage,
    ...ownPolicy(key),
    ...(key.description !== '' && { description: key.description }),
    ...(key.tags.length > 0 && {
      tags: Object.fromEntries(key.tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
    }),
    ...(multiRegion && { multiRegion: true }),
    ...(names.length > 0 && { aliases: names }),
  };
  if (origin === 'EXTERNAL') {
    leftOut.push({
      keyArn,
      reason: 'Its imported key material, and what a key without any cannot have: grants, replicas.',
    });
    return [{ ...said, origin }];
  }
  const given = reader
    .list(grants, { prefix: `${recordKey(key)}/` })
    .map(({ value }) => describedGrant(value));
  const replicas = multiRegion?.replicaRegions ?? [];
  return [
    {
      ...said,
      ...(replicas.length > 0 && { replicas }),
      ...(rotation && { rotationPeriodInDays: rotation.periodInDays }),
      ...(given.length > 0 && { grants: given }),
      ...(key.state === 'Disabled' && { enabled: false }),
    },
  ];
}

/** None for a key that has AWS's default policy. */
function ownPolicy(key: KeyRecord): Pick<ScenarioKey, 'policy'> {
  const policy = JSON.parse(key.policy) as NonNullable<ScenarioKey['policy']>;
  const isDefault = JSON.stringify(policy) === JSON.stringify(defaultKeyPolicy(key.accountId));
  return isDefault ? {} : { policy };
}

function describedGrant(grant: GrantRecord): Grant {
  const { keyRecordKey: _key, grantId: _id, issuingAccount: _account, created: _created, ...said } = grant;
  return said as Grant;
}
