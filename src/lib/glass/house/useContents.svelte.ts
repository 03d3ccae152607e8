import { cloud } from '$lib/cloud/connection.svelte.ts';
import type { GlassState } from '../state/glass.svelte.ts';
import type { ShownTrace } from '../state/useTrace.svelte.ts';
import { useLook } from '../state/useLook.svelte.ts';
import { contentsAsOf, type HouseContents } from './contents.ts';

/** What stands in the rooms: of a recorded example's cloud, or of this one, now or as of the moment looked back at. */
export function useContents(
  glass: GlassState,
  shown: ShownTrace,
): { readonly value: HouseContents | undefined } {
  const at = $derived(glass.at);
  const storage = useLook('storage', () => (at === undefined ? undefined : { at, limit: 1 }));
  const keys = useLook('keys', () => (at === undefined ? undefined : { at }));
  const value = $derived.by(() => {
    if (shown.view) return shown.view;
    if (at === undefined || !cloud.view) return cloud.view;
    return storage.value && keys.value && contentsAsOf(cloud.view, storage.value, keys.value.length);
  });
  return {
    get value() {
      return value;
    },
  };
}
