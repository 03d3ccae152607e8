import type { Work } from '../../service/service.ts';
import { pendingMaterial } from '../import/materials.ts';
import { accept } from '../module.ts';
import { copyMaterial } from '../multi-region/copy-material.ts';
import { replicasOf } from '../multi-region/family.ts';
import { recordSynchronisation } from '../multi-region/record-synchronisation.ts';
import type { Rooms } from '../operation.ts';
import { arnOfKey, currentMaterial, type KeyMaterial, type KeyRecord } from '../records.ts';
import { storeToken } from '../tokens.ts';

type RotationType = NonNullable<KeyMaterial['rotation']>['type'];

/**
 * Makes other material current: new one, or the imported one that waits for it. The old stays for what it has
 * encrypted. Related keys in other Regions have it before it is first used. Gives the key, for the caller to store
 * with `storePrimary`.
 */
export async function rotate(
  work: Work,
  key: KeyRecord,
  rotationType: RotationType,
  rooms: Rooms,
): Promise<KeyRecord> {
  const previous = currentMaterial(key);
  const pending = pendingMaterial(key);
  const next: KeyMaterial = {
    ...(pending ?? { id: await newMaterial(work, key, rooms) }),
    state: 'CURRENT',
    rotation: { time: work.time, type: rotationType },
  };
  const older = key.materials
    .filter(({ id }) => id !== next.id)
    .map((material): KeyMaterial => ({ ...material, state: 'NON_CURRENT' }));
  rooms.recordServiceEvent(work.transaction, {
    name: 'RotateKey',
    time: work.time,
    accountId: key.accountId,
    region: key.region,
    keyArns: [arnOfKey(key)],
    serviceEventDetails: {
      rotationType,
      keyOrigin: key.origin,
      ...(previous && { previousKeyMaterialId: previous.id }),
      currentKeyMaterialId: next.id,
      keyId: key.keyId,
    },
  });
  if (key.multiRegion) recordSynchronisation(work, key, rooms);
  return { ...key, materials: [...older, next] };
}

/** Has the module make a backing key, for the key and for its replicas. Gives its id. */
async function newMaterial(work: Work, key: KeyRecord, rooms: Rooms): Promise<string> {
  const command = { keyArn: arnOfKey(key), spec: key.spec, watched: work.trace.watched };
  const { token } = accept(work, await rooms.hsm.generateBackingKey(command), key);
  storeToken(work, key, token);
  for (const replica of replicasOf(work.transaction, key)) await copyMaterial(work, token, replica, rooms);
  return token.materialId;
}
