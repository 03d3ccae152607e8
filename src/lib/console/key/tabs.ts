import type { Component } from 'svelte';
import type { KeyMetadata } from '@aws-sdk/client-kms';
import { keyTabs, type KeyTab } from '../route.ts';

type TabModule = Promise<{ default: Component<never> }>;

const loaders: Record<KeyTab, () => TabModule> = {
  general: () => import('./GeneralTab.svelte'),
  policy: () => import('../policy/PolicyTab.svelte'),
  aliases: () => import('./AliasesTab.svelte'),
  grants: () => import('./GrantsTab.svelte'),
  rotation: () => import('./RotationTab.svelte'),
  material: () => import('./MaterialTab.svelte'),
  regions: () => import('./RegionsTab.svelte'),
  'public-key': () => import('./PublicKeyTab.svelte'),
  tags: () => import('./TagsTab.svelte'),
  usage: () => import('./UsageTab.svelte'),
};

/** A tab's component, loaded when it is first opened. */
export const loadTab = (tab: KeyTab): TabModule => loaders[tab]();

/** Which tabs a key of this kind has. */
export function tabsOf({ KeySpec = 'SYMMETRIC_DEFAULT', Origin, KeyManager }: KeyMetadata): KeyTab[] {
  const isAsymmetric = !/^(SYMMETRIC_DEFAULT|HMAC_)/.test(KeySpec);
  const missing = new Set<KeyTab>([
    ...(isAsymmetric ? [] : (['public-key'] as const)),
    ...(Origin === 'EXTERNAL' ? [] : (['material'] as const)),
    ...(KeySpec === 'SYMMETRIC_DEFAULT' && !isInKeyStore(Origin) ? [] : (['rotation'] as const)),
    ...(KeyManager === 'AWS' ? (['aliases', 'grants', 'regions', 'tags'] as const) : []),
  ]);
  return keyTabs.filter((tab) => !missing.has(tab));
}

const isInKeyStore = (origin: string | undefined) =>
  origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
