import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud, type Cloud, type CloudOptions } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';

/** A new cloud that lives in memory. */
export async function openMemoryCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const { clock = systemClock, randomness = systemRandomness } = options;
  const hsm = await openHsm({ store: memoryHsmStore(), clock, randomness });
  return openCloud({ adapter: memoryAdapter(), hsm, ...options, clock, randomness });
}

/** A new cloud in memory for one test, which fails if the engine meets a defect of its own. */
export async function openTestCloud(options: Partial<CloudOptions> = {}): Promise<Cloud> {
  const defects: unknown[] = [];
  const cloud = await openMemoryCloud({ onDefect: (defect) => void defects.push(defect), ...options });
  onTestFinished(async () => {
    await cloud.close();
    if (defects.length > 0) throw new AggregateError(defects, 'The engine met a defect of its own.');
  });
  return cloud;
}
