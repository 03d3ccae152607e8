import type { Randomness } from '../clock/randomness.ts';
import type { Step } from '../trace/trace.ts';
import type { Domain } from './domain.ts';
import type { HsmResult, Refusal, Watched } from './hsm.ts';
import type { ModuleMemory } from './module-memory.ts';

/** What one command works with. */
export interface Workbench {
  /** That of the Region of the KMS key that the command names; `nowhere` if it names none. */
  domain: Domain;
  randomness: Randomness;
  /**
   * In a module with a seed the bytes of new keys come from `randomness`, so that they follow from the seed. In any
   * other the platform's own generator makes them, which no script can foresee.
   */
  seeded: boolean;
  /** The module's own keys and its other domains. */
  memory: ModuleMemory;
  /** Takes the command's steps; absent while nobody watches, so that describing costs nothing then. */
  steps: Step[] | undefined;
}

export function workbench(memory: ModuleMemory, domain: Domain, { watched }: Watched): Workbench {
  const { randomness, seeded } = memory;
  return { domain, randomness, seeded, memory, steps: watched ? [] : undefined };
}

export function done<Output>({ steps }: Workbench, output: Output): HsmResult<Output> {
  return { ok: true, ...output, steps: steps ?? [] };
}

export function refused({ steps }: Workbench, refusal: Refusal): HsmResult<never> {
  return { ok: false, refusal, steps: steps ?? [] };
}

/** Computations inside the module give bytes, or the refusal that the command ends with. */
export function isRefusal(outcome: Uint8Array | Refusal): outcome is Refusal {
  return typeof outcome === 'string';
}
