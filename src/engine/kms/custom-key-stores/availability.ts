import type { Work } from '../../service/service.ts';
import type { Reader } from '../../vault/vault.ts';
import { storeKey, type KeyRecord } from '../records.ts';
import { keysIn, storeOf, type CustomKeyStore } from './records.ts';

/**
 * Keys of a custom key store are Unavailable from its disconnection on until it is connected again. What they
 * will be then can be changed meanwhile, and shows only then (KMS Developer Guide, "Key states").
 */

/** The key Enabled or Disabled, or to be so as soon as its store is connected. */
export function inState(reader: Reader, key: KeyRecord, state: 'Enabled' | 'Disabled'): KeyRecord {
  if (!key.customKeyStore || storeOf(reader, key).connection === 'CONNECTED') return { ...key, state };
  return unavailable(key, state);
}

/** The store is disconnected on purpose: its keys cannot be used. */
export function withdrawKeys(work: Work, store: CustomKeyStore): void {
  for (const key of keysIn(work.transaction, store)) {
    if (key.state === 'Enabled' || key.state === 'Disabled') {
      storeKey(work.transaction, unavailable(key, key.state));
    }
  }
}

/** The store is connected again: its keys are as they were, or as they were told to be meanwhile. */
export function returnKeys(work: Work, store: CustomKeyStore): void {
  for (const key of keysIn(work.transaction, store)) {
    if (key.state !== 'Unavailable') continue;
    storeKey(work.transaction, { ...key, state: key.customKeyStore?.stateWhenConnected ?? 'Enabled' });
  }
}

function unavailable(key: KeyRecord, stateWhenConnected: 'Enabled' | 'Disabled'): KeyRecord {
  const { customKeyStore } = key;
  return {
    ...key,
    state: 'Unavailable',
    ...(customKeyStore && { customKeyStore: { ...customKeyStore, stateWhenConnected } }),
  };
}
