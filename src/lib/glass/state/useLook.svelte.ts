import type { AsOf, LookName, Looks } from '$engine/look/look.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';

/** What a look sees, kept up to date. */
export interface Sight<Name extends LookName> {
  /** The latest answer; stays while a newer one is on its way. */
  readonly value: Looks[Name]['answer'] | undefined;
  readonly failure: string | undefined;
  readonly loading: boolean;
}

/** Gives `wanted`; reading `version` too makes an effect run again when that changes. */
function reading<Wanted>(_version: number | undefined, wanted: Wanted): Wanted {
  return wanted;
}

/**
 * Looks anew whenever the query changes, and whenever the cloud does. `query` is reactive; where it gives
 * `undefined` there is nothing to look for. Call it while a component is being made.
 */
export function useLook<Name extends LookName>(
  name: Name,
  query: () => Looks[Name]['query'] | undefined,
): Sight<Name> {
  let value = $state.raw<Looks[Name]['answer']>();
  let failure = $state.raw<string>();
  let loading = $state(false);
  let asked = 0;
  /** Whoever looks back sees what cannot change any more. */
  const version = $derived.by(() => {
    const wanted = query() as AsOf | undefined;
    return wanted?.at === undefined ? cloud.view?.sequence : undefined;
  });

  $effect(() => {
    const wanted = reading(version, query());
    const turn = ++asked;
    if (wanted === undefined) {
      value = undefined;
      return;
    }
    loading = true;
    cloud
      .look(name, wanted)
      .then((answer) => {
        if (turn !== asked) return;
        value = answer;
        failure = undefined;
      })
      .catch((error: unknown) => {
        if (turn === asked) failure = error instanceof Error ? error.message : String(error);
      })
      .finally(() => {
        if (turn === asked) loading = false;
      });
  });

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    get loading() {
      return loading;
    },
  };
}
