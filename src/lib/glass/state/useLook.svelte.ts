import { untrack } from 'svelte';
import type { AsOf, LookName, Looks } from '$engine/look/look.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';

/** What a look sees, kept up to date. */
export interface Sight<Name extends LookName> {
  /** The latest answer; stays while a newer one is on its way. */
  readonly value: Looks[Name]['answer'] | undefined;
  /** The query that `value` answers, the very object. */
  readonly answers: Looks[Name]['query'] | undefined;
  readonly failure: string | undefined;
  readonly loading: boolean;
}

/**
 * Looks anew whenever the query changes, and whenever something happens in the cloud. `query` is reactive; where it
 * gives `undefined` there is nothing to look for. One look at a time: while one is on its way, only the latest of
 * those that come is kept for after it. Call it while a component is being made.
 */
export function useLook<Name extends LookName>(
  name: Name,
  query: () => Looks[Name]['query'] | undefined,
): Sight<Name> {
  let seen = $state.raw<{ value: Looks[Name]['answer']; answers: Looks[Name]['query'] }>();
  let failure = $state.raw<string>();
  let loading = $state(false);
  /** What to look for as soon as the look that is under way is done. */
  let next: Looks[Name]['query'] | undefined;
  /** Nothing is looked for any more; what still comes is not wanted. */
  let idle = true;

  /** Whoever looks back sees what cannot change any more; a request that changes nothing still gives a new view. */
  const version = $derived.by(() => {
    const at = (query() as AsOf | undefined)?.at;
    return at === undefined || at >= (cloud.view?.sequence ?? 0) ? cloud.view : undefined;
  });

  async function lookOn(): Promise<void> {
    loading = true;
    while (next !== undefined) {
      const wanted = next;
      next = undefined;
      try {
        const value = await cloud.look(name, wanted);
        seen = idle ? undefined : { value, answers: wanted };
        failure = undefined;
      } catch (error) {
        // What was seen before may be of another time, or another key: beside the failure it would say nonsense.
        seen = undefined;
        failure = error instanceof Error ? error.message : String(error);
      }
    }
    loading = false;
  }

  $effect(() => {
    next = reading(version, query());
    idle = next === undefined;
    untrack(() => {
      if (idle) seen = undefined;
      else if (!loading) void lookOn();
    });
    return () => (next = undefined);
  });

  return {
    get value() {
      return seen?.value;
    },
    get answers() {
      return seen?.answers;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
  };
}

/** Gives `wanted`; reading `version` too makes an effect run again when that changes. */
function reading<Wanted>(_version: unknown, wanted: Wanted): Wanted {
  return wanted;
}
