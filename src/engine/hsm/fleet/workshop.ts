import type { Randomness } from '../../clock/randomness.ts';
import type { Forged } from '../long-lived-keys.ts';

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
  stock?: KeyStock;
}

/**
 * Where the keys of a new domain's modules and operators come from, instead of being made when they are needed: `make`
 * makes the one with this label.
 */
export type KeyStock = (label: string, make: () => Promise<Forged>) => Promise<Forged>;
