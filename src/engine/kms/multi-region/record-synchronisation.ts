import type { Work } from '../../service/service.ts';
import type { Rooms } from '../operation.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';

/**
 * Tells each Region's trail that related keys were made alike. The record names the primary key alone (KMS
 * Developer Guide, "SynchronizeMultiRegionKey").
 */
export function recordSynchronisation(work: Work, primary: KeyRecord, { recordServiceEvent }: Rooms): void {
  const { accountId, keyId, multiRegion } = primary;
  for (const region of [primary.region, ...(multiRegion?.replicaRegions ?? [])]) {
    recordServiceEvent(work.transaction, {
      name: 'SynchronizeMultiRegionKey',
      time: work.time,
      accountId,
      region,
      keyArns: [arnOfKey(primary)],
      serviceEventDetails: { keyId },
    });
  }
}
