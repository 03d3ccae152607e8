import type { Call } from '../service/service.ts';
import { isInStore, withForeignMaterial, type StoreMembers } from './custom-key-stores/new-key.ts';
import { withMaterial } from './new-key.ts';
import type { Rooms } from './operation.ts';
import type { KeyRecord } from './records.ts';

/** A new key with its first material, from wherever its Origin says; with none yet where that is to be imported. */
export async function withFirstMaterial(
  call: Call,
  draft: KeyRecord,
  input: StoreMembers,
  rooms: Rooms,
): Promise<KeyRecord> {
  if (input.Origin === 'EXTERNAL') return { ...draft, state: 'PendingImport' };
  return isInStore(input.Origin)
    ? withForeignMaterial(call, draft, input, rooms)
    : withMaterial(call, draft, rooms);
}
