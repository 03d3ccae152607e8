import { expect, test } from 'vitest';
import { openTestCloud } from '../support/cloud.ts';
import { makeKeepsake } from './keepsake.ts';
import { fuzz } from './run.ts';

test('whatever is asked for, the answer is one of AWS’s, and the engine is right afterwards', async () => {
  // Seeded, so that RSA keys come out of a pool: making thousands would take the day.
  const cloud = await openTestCloud({ seed: 'fuzz', auth: { mode: 'open', accountId: '111122223333' } });
  const keepsake = await makeKeepsake(cloud);
  const { requests, succeeded, refused } = await fuzz(cloud, { seed: 1, count: 2000 });
  expect(requests).toBe(2000);
  // Else the fuzzer does not get past the doors.
  expect(Object.keys(succeeded).length).toBeGreaterThan(25);
  expect(Object.keys(refused).length).toBeGreaterThan(15);
  await keepsake.check();
}, 120_000);
