import type { CloudView } from '$engine/observation.ts';
import type { StorageView } from '$engine/look/look.ts';

/** What is drawn into the rooms. */
export type HouseContents = Pick<CloudView, 'zones' | 'keys' | 'hsm' | 'auditRecords'>;

/**
 * The house as it stood after an earlier commit. Storage and keys are known as of then; the module keeps no history,
 * and audit records are never taken away, so both are as they are now.
 */
export function contentsAsOf(now: CloudView, { zones }: StorageView, keys: number): HouseContents {
  return {
    zones: zones.map(({ name, good }) => ({ name, tokens: good })),
    keys,
    hsm: now.hsm,
    auditRecords: now.auditRecords,
  };
}
