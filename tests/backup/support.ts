import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { writeBackup } from '../../src/engine/backup/backup.ts';
import { openCloud, type Cloud, type CloudOptions } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import type { HsmStore } from '../../src/engine/hsm/store/store.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { openVault } from '../../src/engine/vault/open-vault.ts';
import { membersStock } from '../support/stock.ts';

export const passphrase = 'correct horse battery staple';
export const now = Date.UTC(2026, 9, 1);

/** What is there of a cloud when it is switched off. */
export interface House {
  adapter: VaultAdapter;
  store: HsmStore;
}

export const emptyHouse = (): House => ({ adapter: memoryAdapter(), store: memoryHsmStore() });

export const hsmOf = ({ store }: House, seed?: string) =>
  openHsm({
    ...{ store, clock: manualClock(now), randomness: systemRandomness, stock: membersStock },
    ...(seed !== undefined && { seed }),
  });

export async function switchOn(house: House, options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const hsm = await hsmOf(house, options.seed);
  return openCloud({ adapter: house.adapter, hsm, clock: manualClock(now), ...options });
}

/** A backup as a cloud writes it, with few rounds: those are for guessing, not for tests. */
export async function quickBackup(house: House, seed?: string): Promise<Uint8Array<ArrayBuffer>> {
  const clock = manualClock(now);
  const vault = await openVault({ adapter: house.adapter, clock });
  return writeBackup({ vault, hsm: await hsmOf(house, seed), wallClock: clock }, passphrase, 10);
}
