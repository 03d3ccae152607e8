import type { Randomness } from '../clock/randomness.ts';
import type { Step } from '../trace/trace.ts';
import type { Domain } from './domain.ts';
import type { Serving } from './fleet/fleet.ts';
import type { HsmResult, Refusal, Watched } from './hsm.ts';
import type { ModuleMemory } from './module-memory.ts';
import { read, wall } from './steps.ts';

/** What one command works with. */
export interface Workbench {
  /** That of the Region of the KMS key that the command names; `nowhere` if it names none. */
  domain: Domain;
  /** The module that serves: `hsm-a` …; absent for commands that are about no KMS key. */
  module?: string;
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

export function workbench(memory: ModuleMemory, serving: Serving, { watched }: Watched): Workbench {
  const { randomness, seeded } = memory;
  return { ...serving, randomness, seeded, memory, steps: watched ? [] : undefined };
}

export function done<Output>(bench: Workbench, output: Output): HsmResult<Output> {
  return { ok: true, ...output, steps: stepsOf(bench) };
}

export function refused(bench: Workbench, refusal: Refusal): HsmResult<never> {
  return { ok: false, refusal, steps: stepsOf(bench) };
}

/** The first one says which module it was. */
function stepsOf({ steps = [], module }: Workbench): Step[] {
  if (module !== undefined) steps[0]?.fields.unshift(read('Module', module));
  return steps;
}

/** A command that no module is there for. */
export function unavailable(keyArn: string, { watched }: Watched): HsmResult<never> {
  const steps = watched ? [wall('No module of the domain is in service.', [read('KMS key', keyArn)])] : [];
  return { ok: false, refusal: 'MODULE_UNAVAILABLE', steps };
}

/** Computations inside the module give bytes, or the refusal that the command ends with. */
export function isRefusal(outcome: Uint8Array | Refusal): outcome is Refusal {
  return typeof outcome === 'string';
}
