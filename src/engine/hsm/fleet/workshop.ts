import type { Randomness } from '../../clock/randomness.ts';
import type { Forge } from '../long-lived-keys.ts';

/** What a change of a domain's state is made with. */
export interface Workshop {
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** Whether the store can keep a new module's keys only as bytes (`HsmStore.keepsBytes`). */
  extractable: boolean;
  seeded: boolean;
  /**
   * Random bytes for the thing that `label` names. In a module with a seed each has a stream of its own, so that the
   * order in which things are made makes no difference.
   */
  randomness(label: string): Randomness;
}

/** How one of a new module's keys is made. */
export function forgeIn({ extractable, seeded }: Workshop, randomness: Randomness): Forge {
  return { extractable, seeded: seeded ? randomness : undefined };
}
