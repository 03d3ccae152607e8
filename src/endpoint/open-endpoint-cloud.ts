import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../engine/clock/clock.ts';
import { systemRandomness } from '../engine/clock/randomness.ts';
import { openCloud, type Cloud } from '../engine/cloud.ts';
import { seedOf, type FoundingOptions } from '../engine/founding/life.ts';
import { openHsm } from '../engine/hsm/open-hsm.ts';
import { bytesHsmStore } from '../engine/hsm/store/bytes.ts';
import { memoryHsmStore } from '../engine/hsm/store/memory.ts';
import type { HsmStore } from '../engine/hsm/store/store.ts';
import { foundingAccountId } from '../engine/iam/founding.ts';
import { principals } from '../engine/iam/tables.ts';
import type { Principal } from '../engine/iam/types.ts';
import type { Scenario } from '../engine/scenario/schema/scenario.ts';
import type { StoredRecord, VaultAdapter } from '../engine/vault/adapter.ts';
import { memoryAdapter } from '../engine/vault/memory.ts';
import type { Flags } from './flags.ts';
import { fileAdapter } from './storage/file-adapter.ts';
import { hsmFile } from './storage/hsm-file.ts';
import { lock } from './storage/lock.ts';

export interface EndpointCloud {
  cloud: Cloud;
  /** It was there already, so how it was to be founded made no difference. */
  isOld: boolean;
  reset: () => Promise<void>;
  /** Stores what is not stored yet, and lets go of the directory. */
  close: () => Promise<void>;
}

/** Opens the cloud that the flags ask for. */
export async function openEndpointCloud(
  flags: Flags,
  scenario: Scenario | undefined,
): Promise<EndpointCloud> {
  const storage = await openStorage(flags.data);
  try {
    const { records } = await storage.adapter.load();
    const accountId =
      flags.accountId ?? accountIn(records) ?? scenario?.accounts[0]?.accountId ?? foundingAccountId;
    const founding: FoundingOptions = {
      accountId,
      ...(flags.seed !== undefined && { seed: flags.seed }),
      ...(scenario && { scenario }),
    };
    const seed = seedOf(founding);
    const machine = { clock: systemClock, randomness: systemRandomness };
    const hsm = await openHsm({ store: storage.store, ...machine, ...(seed !== undefined && { seed }) });
    const cloud = await openCloud({
      adapter: storage.adapter,
      hsm,
      ...machine,
      ...founding,
      auth: flags.auth === 'open' ? { mode: 'open', accountId } : { mode: 'strict' },
    });
    return {
      cloud,
      isOld: records.length > 0,
      reset: () => cloud.reset(founding),
      async close() {
        try {
          await cloud.close();
        } finally {
          await storage.release();
        }
      },
    };
  } catch (error) {
    await storage.release();
    throw error;
  }
}

interface Storage {
  adapter: VaultAdapter;
  store: HsmStore;
  release: () => Promise<void>;
}

async function openStorage(directory: string | undefined): Promise<Storage> {
  if (directory === undefined) {
    return { adapter: memoryAdapter(), store: memoryHsmStore(), release: async () => {} };
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const release = await lock(join(directory, 'lock'));
  try {
    const adapter = await fileAdapter(join(directory, 'vault'));
    return {
      adapter,
      store: bytesHsmStore(hsmFile(join(directory, 'hsm.json'))),
      async release() {
        // Nobody else may begin while files are being written.
        adapter.close();
        await adapter.closed();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** The first account that a stored cloud was founded with. */
function accountIn(records: readonly StoredRecord[]): string | undefined {
  const roots = records
    .filter(({ table }) => table === principals.name)
    .map(({ value }) => value as Principal)
    .filter(({ type }) => type === 'Root');
  return roots[0]?.accountId;
}
