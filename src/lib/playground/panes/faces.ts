import type { Component } from 'svelte';
import type { PaneName } from '../layout/saved-layout.ts';

/** How each pane is fetched, when it is opened and not before. */
export const faces: Record<PaneName, () => Promise<{ default: Component }>> = {
  console: () => import('$lib/console/Console.svelte'),
  terminal: () => import('$lib/terminal/Terminal.svelte'),
  code: () => import('$lib/editor/Editor.svelte'),
  glass: () => import('./GlassPane.svelte'),
};
