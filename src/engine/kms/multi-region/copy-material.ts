import type { ExportedKeyToken } from '../../hsm/hsm.ts';
import type { Work } from '../../service/service.ts';
import { accept } from '../module.ts';
import type { Rooms } from '../operation.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';
import { storeToken } from '../tokens.ts';

/** Copies a backing key of the primary key into the replica's Region, sealed anew there. Throws KeyUnavailableException. */
export async function copyMaterial(
  work: Work,
  token: ExportedKeyToken,
  replica: KeyRecord,
  { hsm }: Rooms,
): Promise<void> {
  const { watched } = work.trace;
  const result = await hsm.replicate({ token, replicaArn: arnOfKey(replica), watched });
  storeToken(work, replica, accept(work, result, replica).token);
}
