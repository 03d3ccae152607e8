import type { Randomness } from '../clock/randomness.ts';
import type { Step } from '../trace/trace.ts';
import type { Domain } from './domain.ts';
import type { HsmResult, Refusal, Watched } from './hsm.ts';

/** What one command works with. */
export interface Workbench {
  domain: Domain;
  randomness: Randomness;
  /** Takes the command's steps; absent while nobody watches, so that describing costs nothing then. */
  steps: Step[] | undefined;
}

export function workbench(domain: Domain, randomness: Randomness, { watched }: Watched): Workbench {
  return { domain, randomness, steps: watched ? [] : undefined };
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
