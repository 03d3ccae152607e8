import type { OnNavigate } from '@sveltejs/kit';

/**
 * Lets a room of the house grow into its picture, and shrink back, where the browser can (View Transitions) and the
 * reader wants motion. Room and picture bear the same `view-transition-name`.
 */
export function growInto({ from, to, complete }: OnNavigate): Promise<void> | undefined {
  const between = [from, to].map((end) => end?.route.id ?? '');
  const samePicture = between[0] === between[1];
  if (samePicture || !between.every((route) => route.startsWith('/glass'))) return undefined;
  if (!('startViewTransition' in document) || matchMedia('(prefers-reduced-motion: reduce)').matches)
    return undefined;
  return new Promise((ready) => {
    document.startViewTransition(async () => {
      ready();
      await complete;
    });
  });
}
