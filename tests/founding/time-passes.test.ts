import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { readScenario } from '../../src/engine/scenario/read-scenario.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const platform = { clock: systemClock, randomness: systemRandomness };
const day = 24 * 60 * 60 * 1000;

test('what cannot be done when it is due is told, holds up nothing else, and is done later', async () => {
  const adapter = memoryAdapter();
  let broken: string | undefined;
  const failing: VaultAdapter = {
    ...adapter,
    append: (commit, promptness) =>
      broken !== undefined && commit.requestIds.some((id) => id.startsWith('due:') && id.includes(broken!))
        ? Promise.reject(new Error('The disk is full.'))
        : adapter.append(commit, promptness),
  };
  const defects: unknown[] = [];
  const hsm = await openHsm({ store: memoryHsmStore(), ...platform });
  const onDefect = (defect: unknown) => void defects.push(defect);
  const cloud = await openCloud({ adapter: failing, hsm, ...platform, onDefect });
  onTestFinished(() => cloud.close());
  const ada = kms(cloud);
  const [first, second] = [await ada.createKey({}), await ada.createKey({})].map(
    ({ KeyMetadata }) => KeyMetadata!.KeyId!,
  );
  await ada.scheduleKeyDeletion({ KeyId: first!, PendingWindowInDays: 7 });
  await ada.scheduleKeyDeletion({ KeyId: second!, PendingWindowInDays: 8 });
  broken = first!;
  await expect(cloud.clock.moveTo(cloud.clock.now() + 9 * day)).rejects.toThrow('Not all that is due');
  expect((await ada.describeKey({ KeyId: first! })).KeyMetadata?.KeyState).toBe('PendingDeletion');
  await expect(ada.describeKey({ KeyId: second! })).rejects.toThrow('does not exist');
  expect(defects.length).toBeGreaterThan(0);

  broken = undefined;
  await expect(ada.describeKey({ KeyId: first! })).rejects.toThrow('does not exist');
});

test('times between two milliseconds keep their order', async () => {
  const cloud = await openTestCloud();
  const ada = kms(cloud);
  const { KeyMetadata } = await ada.createKey({ MultiRegion: true });
  await ada.enableKeyRotation({ KeyId: KeyMetadata!.KeyId! });
  await cloud.clock.moveTo(cloud.clock.now() + 1000.4568);
  await ada.replicateKey({ KeyId: KeyMetadata!.KeyId!, ReplicaRegion: 'eu-west-1' });
  await cloud.clock.moveTo(cloud.clock.now() + 60_000.1234);
  const replica = await kms(cloud, 'Ada', { region: 'eu-west-1' }).describeKey({
    KeyId: KeyMetadata!.KeyId!,
  });
  expect(replica.KeyMetadata?.KeyState).toBe('Enabled');
});

test('a clock has an end, and says so before it is moved', async () => {
  const cloud = await openTestCloud();
  const before = cloud.clock.now();
  await expect(cloud.clock.moveTo(Date.UTC(2201, 0, 1))).rejects.toThrow('as far as the year 2200');
  expect(cloud.clock.now() - before).toBeLessThan(60_000);
});

test('on a clock that stands still, a cloud that is opened again adds to its trail', async () => {
  const scenario = readScenario({
    version: 1,
    clock: { start: '2026-10-01T08:00:00Z', pace: 'still' },
    accounts: [{ accountId: '111122223333', principals: [{ type: 'User', name: 'Ada' }] }],
  });
  const adapter = memoryAdapter();
  const store = memoryHsmStore();
  const lives: number[] = [];
  for (let life = 0; life < 2; life++) {
    const cloud = await openCloud({
      adapter,
      hsm: await openHsm({ store, ...platform }),
      ...platform,
      scenario,
    });
    for (let count = 0; count < 3; count++) await kms(cloud, 'root').listKeys({});
    await cloud.flush();
    lives.push((await cloud.view()).auditRecords);
    if (life === 1) onTestFinished(() => cloud.close());
  }
  expect(lives).toEqual([3, 6]);
});

test('the ids of a scenario that was refused do not come up in the next cloud', async () => {
  const keyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const scenario = readScenario({
    version: 1,
    accounts: [
      {
        accountId: '111122223333',
        principals: [],
        keys: [{ keyId, spec: 'RSA_2048', usage: 'KEY_AGREEMENT' }],
      },
    ],
  });
  const cloud = await openTestCloud();
  await expect(cloud.reset({ scenario })).rejects.toThrow('KEY_AGREEMENT is not compatible');
  await cloud.reset();
  expect((await kms(cloud).createKey({})).KeyMetadata?.KeyId).not.toBe(keyId);
});

test('a cloud with a clock of its own answers after its end, too', async () => {
  const cloud = await openTestCloud({ seed: 'closed' });
  const ada = kms(cloud, 'Ada', { maxAttempts: 1 });
  await cloud.close();
  await expect(ada.listKeys({})).rejects.toMatchObject({ name: 'KMSInternalException' });
});
