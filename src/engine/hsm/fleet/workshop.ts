import type { Randomness } from '../../clock/randomness.ts';

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
  stock?: Stock;
}

/**
 * Where what takes long to make comes from, instead of being made anew: keys of modules and operators, whole new domains,
 * and what a module opens of a token. `make` makes the thing with this label.
 */
export type Stock = <Thing>(label: string, make: () => Promise<Thing>) => Promise<Thing>;
