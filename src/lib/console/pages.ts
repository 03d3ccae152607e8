import type { Component } from 'svelte';
import type { Route } from './route.ts';

type PageModule = Promise<{ default: Component<never> }>;

/** How each page is loaded: when it is first opened. */
const loaders: Record<Route['page'], () => PageModule> = {
  keys: () => import('./keys/KeysPage.svelte'),
  'aws-keys': () => import('./keys/AwsKeysPage.svelte'),
  aliases: () => import('./aliases/AliasesPage.svelte'),
  key: () => import('./key/KeyPage.svelte'),
  create: () => import('./create/CreatePage.svelte'),
  'key-stores': () => import('./stores/StoresPage.svelte'),
  encrypt: () => import('./bench/EncryptPage.svelte'),
  sign: () => import('./bench/SignPage.svelte'),
  mac: () => import('./bench/MacPage.svelte'),
  'data-keys': () => import('./bench/DataKeyPage.svelte'),
  envelope: () => import('./envelope/EnvelopePage.svelte'),
  trail: () => import('./trail/TrailPage.svelte'),
  principals: () => import('./people/PrincipalsPage.svelte'),
  simulator: () => import('./policy/SimulatorPage.svelte'),
  operations: () => import('./operations/OperationsPage.svelte'),
};

/** A page's component. The same page gives the same module, so it keeps its state from path to path. */
export const pageOf = (page: Route['page']): PageModule => loaders[page]();
