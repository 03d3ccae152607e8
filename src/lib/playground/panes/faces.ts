import type { Component } from 'svelte';
import type { PaneName } from '../layout/saved-layout.ts';

type Loaded = { default: Component };

const found = import.meta.glob<Loaded>([
  '/src/lib/console/Console.svelte',
  '/src/lib/terminal/Terminal.svelte',
  '/src/lib/editor/Editor.svelte',
]);

const notThere = () => Promise.reject<Loaded>(new Error('There is no such face.'));

/** How each pane is fetched, when it is opened and not before. */
export const faces: Record<PaneName, () => Promise<Loaded>> = {
  console: found['/src/lib/console/Console.svelte'] ?? notThere,
  terminal: found['/src/lib/terminal/Terminal.svelte'] ?? notThere,
  code: found['/src/lib/editor/Editor.svelte'] ?? notThere,
  glass: () => import('./GlassPane.svelte'),
};
