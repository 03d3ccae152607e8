import { stateByMaterial } from '../kms/import/materials.ts';
import { isReplica } from '../kms/multi-region/family.ts';
import { stateRefusal, type KeyState, type StateRule } from '../kms/key-states.ts';
import { arnOfKey, type KeyRecord } from '../kms/records.ts';
import type { Transition } from './look.ts';

/** An operation that moves a key from state to state. */
interface Move {
  operation: StateRule;
  /** The state that it leads to; `undefined` where it is not for this kind of key. */
  to: (key: KeyRecord) => KeyState | undefined;
}

/** KMS Developer Guide, "Key states of AWS KMS keys", "Key states and key types". */
const moves: Move[] = [
  { operation: 'EnableKey', to: () => 'Enabled' },
  { operation: 'DisableKey', to: () => 'Disabled' },
  {
    operation: 'ScheduleKeyDeletion',
    to: (key) => (hasReplicas(key) ? 'PendingReplicaDeletion' : 'PendingDeletion'),
  },
  { operation: 'CancelKeyDeletion', to: (key) => stateByMaterial(key, 'Disabled') },
  {
    operation: 'ImportKeyMaterial',
    to: ({ origin, state }) =>
      origin === 'EXTERNAL' ? (state === 'PendingImport' ? 'Enabled' : state) : undefined,
  },
  {
    operation: 'DeleteImportedKeyMaterial',
    to: ({ origin, state, materials }) => {
      if (origin !== 'EXTERNAL' || !materials.some(({ imported }) => imported?.state === 'IMPORTED'))
        return undefined;
      return state === 'Enabled' || state === 'Disabled' ? 'PendingImport' : state;
    },
  },
  {
    operation: 'UpdatePrimaryRegion',
    to: (key) => (hasReplicas(key) ? 'Updating' : undefined),
  },
];

/** How a key can come into another state, and what its present state forbids of that. AWS's own keys have no say. */
export function transitionsOf(key: KeyRecord): Transition[] {
  if (key.manager === 'AWS') return [];
  const asked = moves.flatMap(({ operation, to }): Transition[] => {
    const state = to(key);
    if (state === undefined) return [];
    const refused = stateRefusal(operation, key.state, arnOfKey(key))?.name;
    if (state === key.state && refused === undefined) return [];
    return [{ operation, to: state, ...(refused !== undefined && { refused }) }];
  });
  const ends: Transition[] =
    key.deletion?.date === undefined ? [] : [{ operation: 'KeyDeletion', to: 'deleted' }];
  return [...asked, ...ends];
}

function hasReplicas(key: KeyRecord): boolean {
  return !isReplica(key) && (key.multiRegion?.replicaRegions.length ?? 0) > 0;
}
