import type { Work } from '../../service/service.ts';
import { withWaitingPeriod } from '../deletion/waiting-period.ts';
import type { KeyRecord } from '../records.ts';
import { isReplica, primaryOf, storeMember } from './family.ts';

/** A replica is gone. A primary key that has only waited for that begins its own waiting period. */
export function leaveFamily(work: Work, replica: KeyRecord): void {
  if (!isReplica(replica)) return;
  const primary = primaryOf(work.transaction, replica);
  const { multiRegion, state, deletion } = primary;
  if (!multiRegion) return;
  const replicaRegions = multiRegion.replicaRegions.filter((region) => region !== replica.region);
  const left: KeyRecord = { ...primary, multiRegion: { ...multiRegion, replicaRegions } };
  const isLast = state === 'PendingReplicaDeletion' && replicaRegions.length === 0;
  storeMember(
    work.transaction,
    isLast && deletion ? withWaitingPeriod(work, left, deletion.windowInDays) : left,
  );
}
