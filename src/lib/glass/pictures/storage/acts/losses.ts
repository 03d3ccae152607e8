import type { StoredToken } from '$engine/look/look.ts';
import { columnId } from '../shelf/shelves.ts';

type Zone = StoredToken['copies'][number]['zone'];

/** What would go if these zones lost their copies of these sealed keys. */
export interface Loss {
  /** Copies that are there now and would not be any more. */
  copies: number;
  /** Sealed keys that still have a good copy and would have none. */
  lastCopies: StoredToken[];
}

export function lossOf(tokens: readonly StoredToken[], zones: readonly Zone[]): Loss {
  const goes = (zone: Zone) => zones.includes(zone);
  return {
    copies: tokens.flatMap(({ copies }) =>
      copies.filter(({ zone, state }) => goes(zone) && state !== 'missing'),
    ).length,
    lastCopies: tokens.filter(
      ({ copies }) =>
        copies.some(({ state }) => state === 'good') &&
        copies.every(({ zone, state }) => state !== 'good' || goes(zone)),
    ),
  };
}

/** KMS keys among sealed keys, each once, with how much of its material is concerned. */
export interface LostKey {
  keyArn: string;
  materials: number;
  /** All of what is lost was imported: whoever still has it can import it again. */
  imported: boolean;
}

export function lostKeys(tokens: readonly StoredToken[]): LostKey[] {
  const byKey = new Map<string, LostKey>();
  for (const { keyArn, imported } of new Map(tokens.map((token) => [columnId(token), token])).values()) {
    const known = byKey.get(keyArn) ?? { keyArn, materials: 0, imported: true };
    byKey.set(keyArn, { keyArn, materials: known.materials + 1, imported: known.imported && imported });
  }
  return [...byKey.values()];
}
