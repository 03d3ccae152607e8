import { expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { readScenario } from '../../src/engine/scenario/read-scenario.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const day = 24 * 60 * 60 * 1000;
const account = {
  accountId: '111122223333',
  principals: [
    {
      type: 'User',
      name: 'Ada',
      policies: [
        {
          name: 'All',
          document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
        },
      ],
    },
  ],
};

test('the clock can be moved forward, not back, and clients sign with the machine’s time all the same', async () => {
  const cloud = await openTestCloud();
  const before = cloud.clock.now();
  await cloud.clock.moveTo(before + 400 * day);
  const { KeyMetadata } = await kms(cloud).createKey({});
  expect(KeyMetadata!.CreationDate!.getTime()).toBeGreaterThanOrEqual(before + 400 * day);
  await expect(cloud.clock.moveTo(before)).rejects.toThrow('can only be moved forward');
});

test('a scenario says when a cloud begins, and how its time goes on', async () => {
  const start = '2026-10-01T08:00:00Z';
  const created = async (pace: unknown) => {
    const cloud = await openTestCloud({
      scenario: readScenario({ version: 1, clock: { start, pace }, accounts: [account] }),
    });
    const first = (await kms(cloud).createKey({})).KeyMetadata!.CreationDate!;
    const second = (await kms(cloud).createKey({})).KeyMetadata!.CreationDate!;
    return [first.toISOString(), second.toISOString()];
  };
  expect(await created('still')).toEqual(['2026-10-01T08:00:00.000Z', '2026-10-01T08:00:00.000Z']);
  expect(await created({ secondsPerRequest: 60 })).toEqual([
    '2026-10-01T08:01:00.000Z',
    '2026-10-01T08:02:00.000Z',
  ]);
});

test('a real pace goes with the machine’s clock, from the scenario’s start', async () => {
  const wall = manualClock(Date.now());
  const cloud = await openTestCloud({
    clock: wall,
    scenario: readScenario({ version: 1, clock: { start: '2030-01-01T00:00:00Z' }, accounts: [account] }),
  });
  expect(new Date(cloud.clock.now()).toISOString()).toBe('2030-01-01T00:00:00.000Z');
  wall.advance(1000);
  expect(new Date(cloud.clock.now()).toISOString()).toBe('2030-01-01T00:00:01.000Z');
});
