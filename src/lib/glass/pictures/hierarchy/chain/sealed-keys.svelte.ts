import { untrack } from 'svelte';
import type { StoredToken } from '$engine/look/look.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { useLook } from '$lib/glass/state/useLook.svelte.ts';

/** The most that one look gives. */
const pageLength = 500;

/** All sealed keys of a Region, as many pages as it takes. Call it while a component is being made. */
export function useSealedKeys(query: () => { region: string; at?: number } | undefined) {
  const first = useLook('storage', () => {
    const wanted = query();
    return wanted && { ...wanted, limit: pageLength };
  });
  let rest = $state.raw<StoredToken[]>([]);

  $effect(() => {
    const page = first.value;
    const wanted = untrack(query);
    rest = [];
    if (!page || !wanted || page.total <= pageLength) return;
    const stop = new AbortController();
    void (async () => {
      const more: StoredToken[] = [];
      for (let from = pageLength; from < page.total && !stop.signal.aborted; from += pageLength) {
        const { tokens } = await cloud.look('storage', { ...wanted, from, limit: pageLength });
        more.push(...tokens);
      }
      if (!stop.signal.aborted) rest = more;
    })().catch(() => undefined);
    return () => stop.abort();
  });

  return {
    get tokens(): StoredToken[] {
      return [...(first.value?.tokens ?? []), ...rest];
    },
    get ready(): boolean {
      return first.value !== undefined;
    },
  };
}
