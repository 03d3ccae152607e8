/**
 * `npm run fuzz -- [count] [seed]`: a hundred thousand generated requests unless told, with what they came to and
 * what they left in memory.
 */
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { makeKeepsake } from './keepsake.ts';
import { fuzz } from './run.ts';

const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 1);
const machine = { clock: systemClock, randomness: systemRandomness };
const hsm = await openHsm({ store: memoryHsmStore(), ...machine, seed: 'fuzz' });
const cloud = await openCloud({
  adapter: memoryAdapter(),
  hsm,
  ...machine,
  seed: 'fuzz',
  auth: { mode: 'open', accountId: '111122223333' },
  onDefect(defect) {
    throw defect;
  },
});

const before = usedMemory();
const keepsake = await makeKeepsake(cloud);
const start = performance.now();
const report = await fuzz(cloud, { seed, count });
const seconds = (performance.now() - start) / 1000;
await keepsake.check();
const { auditRecords, keys } = await cloud.view();
const full = usedMemory();
await cloud.reset({ seed: 'fuzz' });
await (await makeKeepsake(cloud)).check();

console.log(
  `${report.requests} requests, seed ${seed}, in ${seconds.toFixed(0)} s. The engine is right afterwards.`,
);
console.log(`Succeeded: ${total(report.succeeded)}, in ${Object.keys(report.succeeded).length} operations`);
console.table(report.succeeded);
console.log(`Refused: ${total(report.refused)}`);
console.table(report.refused);
console.log(
  `Memory: ${before} MB at first; ${full} MB with ${auditRecords} audit records and ${keys} keys; ${usedMemory()} MB after a reset`,
);

function total(counts: Record<string, number>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0);
}

/** Of the heap, in MB, once garbage is gone (`node --expose-gc`). */
function usedMemory(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}
