import type { Hsm } from '../engine/hsm/hsm.ts';
import type { VaultAdapter } from '../engine/vault/adapter.ts';
import { memoryAdapter } from '../engine/vault/memory.ts';

export interface Storage {
  adapter: VaultAdapter;
  hsm: Hsm;
}

/** Thrown where the cloud must not be opened; the message is meant for the learner. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/**
 * Opens the vault's and the module's storage: both in IndexedDB, or both in memory where the browser offers
 * neither database. With only one of them a cloud would be founded anew over half of an old one, so then
 * it is refused.
 * @throws StorageError
 */
export async function openStorage(
  openAdapter: () => Promise<VaultAdapter>,
  openHsm: (storage: 'indexeddb' | 'memory') => Promise<Hsm>,
): Promise<Storage> {
  const [adapter, hsm] = await Promise.allSettled([openAdapter(), openHsm('indexeddb')]);
  if (adapter.status === 'fulfilled' && hsm.status === 'fulfilled') {
    return { adapter: adapter.value, hsm: hsm.value };
  }
  if (adapter.status === 'fulfilled') {
    adapter.value.close();
    throw new StorageError(
      'The storage layer opened its database, but the cryptographic module could not open its own: ' +
        `${reasonOf(hsm)} Nothing was changed. Try again; if that does not help, reset this cloud.`,
    );
  }
  if (hsm.status === 'fulfilled') {
    throw new StorageError(
      'The cryptographic module opened its database, but the storage layer could not open its own: ' +
        `${reasonOf(adapter)} Nothing was changed. Try again; if that does not help, reset this cloud.`,
    );
  }
  return { adapter: memoryAdapter(), hsm: await openHsm('memory') };
}

function reasonOf(result: PromiseSettledResult<unknown>): string {
  if (result.status === 'fulfilled') return '';
  const reason: unknown = result.reason;
  return reason instanceof Error ? reason.message : String(reason);
}
