import { grants } from '../kms/grants/records.ts';
import { grantsPrefix } from '../kms/grants/store.ts';
import { recordedUsage } from '../kms/last-usage.ts';
import type { KeyMaterial, KeyRecord } from '../kms/records.ts';
import type { Reader } from '../vault/vault.ts';
import { usersOf } from './audit.ts';
import { keyLine, keyNamed } from './keys.ts';
import type { KeyAnatomy, MaterialView } from './look.ts';
import { copiesOf } from './storage.ts';
import type { TraceKeeper } from './traces.ts';
import { transitionsOf } from './transitions.ts';
import { upcoming } from './upcoming.ts';

/** All that there is to see of one key. */
export function keyAnatomy(
  reader: Reader,
  keyArn: string,
  traces: Pick<TraceKeeper, 'ciphertexts'>,
): KeyAnatomy | null {
  const key = keyNamed(reader, keyArn);
  if (!key) return null;
  const { materials: _, ...line } = keyLine(reader, key);
  const usage = recordedUsage(reader, keyArn);
  return {
    ...line,
    policy: key.policy,
    tags: key.tags,
    grants: reader.list(grants, { prefix: grantsPrefix(key) }).map(({ value }) => value),
    materials: key.materials.map((material) => materialView(reader, key, material, traces)),
    ...(key.rotation && { rotation: key.rotation }),
    onDemandRotations: key.onDemandRotations,
    ...(key.deletion && { deletion: key.deletion }),
    ...(key.publicKey && { publicKey: key.publicKey }),
    ...(key.customKeyStore && { customKeyStoreId: key.customKeyStore.id }),
    ...(usage && {
      lastUsage: { operation: usage.operation, time: usage.time, eventId: usage.cloudTrailEventId },
    }),
    users: usersOf(reader, line),
    transitions: transitionsOf(key),
    upcoming: upcoming(reader).filter((event) => event.keyArn === keyArn),
  };
}

function materialView(
  reader: Reader,
  key: KeyRecord,
  { id, state, rotation, imported }: KeyMaterial,
  traces: Pick<TraceKeeper, 'ciphertexts'>,
): MaterialView {
  return {
    materialId: id,
    state,
    ...(rotation && { rotation }),
    ...(imported && { imported }),
    copies: key.customKeyStore ? [] : copiesOf(reader, key, id),
    ciphertexts: traces.ciphertexts(id),
  };
}
