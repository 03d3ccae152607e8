import { cloud } from '$lib/cloud/connection.svelte.ts';

/** How often the shown time goes on, in milliseconds: it is shown to the minute. */
const tick = 5_000;

/**
 * The cloud's time as it goes on between two observations; 0 before the cloud is known. Call it while a component is
 * being made.
 */
export function cloudNow(): { readonly time: number } {
  /** The machine's clock when the view came, so that the cloud's can be reckoned on from there. */
  const seen = $derived(cloud.view && { clock: cloud.view.clock, at: Date.now() });
  let wall = $state(0);
  $effect(() => {
    if (seen?.clock.pace !== 'real') return;
    wall = seen.at;
    const timer = setInterval(() => (wall = Date.now()), tick);
    return () => clearInterval(timer);
  });
  return {
    get time() {
      if (!seen) return 0;
      return seen.clock.now + (seen.clock.pace === 'real' ? Math.max(0, wall - seen.at) : 0);
    },
  };
}
