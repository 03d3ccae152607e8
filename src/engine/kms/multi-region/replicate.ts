import type { Call } from '../../service/service.ts';
import { stateByMaterial } from '../import/materials.ts';
import { draftKey } from '../new-key.ts';
import type { Rooms } from '../operation.ts';
import { keys, recordKey, storeKey, type KeyRecord } from '../records.ts';
import { schedule } from '../timeline/due.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { fetchToken } from '../tokens.ts';
import { copyMaterial } from './copy-material.ts';
import { primaryOf, storeMember, synchronised } from './family.ts';
import { recordSynchronisation } from './record-synchronisation.ts';

/** How long a new replica is Creating here, in milliseconds. AWS says: a few seconds. */
const creationTime = 2000;

/** What a replica does not take over from its primary key. */
type Own = Pick<KeyRecord, 'region' | 'description' | 'tags'>;

/** The replica of a primary key that is to be made; its policy is still to be set. */
export function draftReplica(call: Call, primary: KeyRecord, { region, ...own }: Own): KeyRecord {
  const { accountId, keyId, spec, usage, origin, publicKey } = primary;
  const draft = draftKey(
    call,
    { accountId, region },
    { keyId, spec, usage, origin, ...own, state: 'Creating' },
  );
  return synchronised({ ...draft, ...(publicKey && { publicKey }) }, withReplica(primary, region));
}

/** Stores a new replica, with copies of all material that KMS has made. It can be used a little later. */
export async function addReplica(
  call: Call,
  primary: KeyRecord,
  replica: KeyRecord,
  rooms: Rooms,
): Promise<void> {
  const { transaction, time } = call;
  if (primary.origin === 'AWS_KMS') {
    for (const { id } of primary.materials) {
      await copyMaterial(call, fetchToken(call, primary, id), replica, rooms);
    }
  }
  storeKey(transaction, replica);
  storeMember(transaction, withReplica(primary, replica.region));
  schedule(transaction, { time: time + creationTime, kind: 'ReplicaReady', subject: recordKey(replica) });
}

/** Ends the making of a replica, unless it is to be deleted already. */
export const finishReplica: DueHandler = (work, { subject }, rooms) => {
  const replica = work.transaction.get(keys, subject);
  if (replica?.state !== 'Creating') return;
  storeKey(work.transaction, { ...replica, state: stateByMaterial(replica, 'Enabled') });
  recordSynchronisation(work, primaryOf(work.transaction, replica), rooms);
};

function withReplica(primary: KeyRecord, region: string): KeyRecord {
  const { multiRegion } = primary;
  if (!multiRegion) return primary;
  return {
    ...primary,
    multiRegion: { ...multiRegion, replicaRegions: [...multiRegion.replicaRegions, region] },
  };
}
