import type * as MonacoModule from './monaco.ts';
import { followTheme } from './theme.ts';

export type Monaco = typeof MonacoModule;

let loading: Promise<Monaco> | undefined;

/** Fetches Monaco when it is first asked for, and dresses it in the site's colours. What failed is tried again. */
export function loadMonaco(): Promise<Monaco> {
  // Pages are made before anybody edits; so the build need not carry it twice.
  if (import.meta.env.SSR) return Promise.reject(new Error('There is no editor outside a browser'));
  loading ??= import('./monaco.ts').then((monaco) => {
    followTheme(monaco);
    return monaco;
  });
  loading.catch(() => (loading = undefined));
  return loading;
}
