import { untrack } from 'svelte';
import { actor } from '$lib/cloud/actor.svelte.ts';
import { Attempt, type Fault } from '$lib/cloud/attempt.svelte.ts';
import { freshness } from './freshness.svelte.ts';

/** What is asked of the cloud to show it. What came before stays until there is something new. */
export class Query<Output> {
  #output = $state.raw<Output>();
  #fault = $state.raw<Fault>();
  #busy = $state.raw(false);
  #latest = 0;

  get output(): Output | undefined {
    return this.#output;
  }

  get fault(): Fault | undefined {
    return this.#fault;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Asks. An answer that comes after a later question is not heard. */
  async run(work: () => Promise<Output>): Promise<void> {
    const ticket = ++this.#latest;
    this.#busy = true;
    const attempt = new Attempt<Output>();
    await attempt.run(work);
    if (ticket !== this.#latest) return;
    this.#output = attempt.output;
    this.#fault = attempt.fault;
    this.#busy = false;
  }
}

/**
 * Asks as soon as there is somebody to sign, and again whenever who or where changes, something has been changed,
 * or what `needs` gives becomes another. For components.
 */
export function useQuery<Output, Needs = undefined>(
  work: (needs: Needs) => Promise<Output>,
  needs?: () => Needs,
): Query<Output> {
  const query = new Query<Output>();
  $effect(() => {
    const given = needs?.() as Needs;
    const who = actor.identity?.arn;
    const where = `${actor.region} ${freshness.version}`;
    if (who === undefined || where === '') return;
    untrack(() => void query.run(() => work(given)));
  });
  return query;
}
