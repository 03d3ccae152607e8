import { expect, test } from 'vitest';
import type { Commit } from '../../src/engine/vault/adapter.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { day, plaintext, refusal, region, sealedSecret, start, statesOf, world } from './support.ts';

test('each act is one commit, named after it, and stands on the time line', async () => {
  const { cloud, ada } = await world();
  const { keyArn } = await sealedSecret(ada);
  await cloud.flush();
  const { sequence } = await cloud.view();
  const report = await cloud.operate({ act: 'LoseCopies', zones: ['b'], keyArn });
  expect(report.sequence).toBe(sequence + 1);
  expect(report.happened).toHaveLength(1);
  expect(report.happened[0]).toMatchObject({
    sequence: sequence + 1,
    kind: 'operator',
    name: 'LoseCopies',
  });
  // Also one that changes nothing that is stored.
  const { happened } = await cloud.operate({ act: 'TryToTakeKeyOut', keyArn });
  expect(happened.map(({ name }) => name)).toEqual(['TryToTakeKeyOut']);
});

test('the clock goes forward, and the report tells what happened on the way', async () => {
  const { cloud, ada } = await world();
  const { keyArn } = await sealedSecret(ada);
  await ada.enableKeyRotation({ KeyId: keyArn, RotationPeriodInDays: 90 });
  const report = await cloud.operate({ act: 'MoveClock', time: start + 90 * day });
  expect(cloud.clock.now()).toBe(start + 90 * day);
  expect(report.happened.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['MoveClock', 'DomainKeyRotation', 'AutomaticRotation']),
  );
  expect(report.summary).toMatch(
    /^The clock went 90 days forward, to 2027-04-01 00:00 UTC\. \d things happened on the way\.$/,
  );
  expect((await ada.listKeyRotations({ KeyId: keyArn })).Rotations).toHaveLength(1);
  const still = await cloud.operate({ act: 'MoveClock', time: cloud.clock.now() + 3_600_000 });
  expect(still.summary).toBe(
    'The clock went 1 hour forward, to 2027-04-01 01:00 UTC. Nothing happened on the way.',
  );
});

test('a clock goes neither back nor without end', async () => {
  const { cloud } = await world();
  expect(await refusal(cloud, { act: 'MoveClock', time: start - 1 })).toBe(
    'ActRefused: The clock of a cloud can only be moved forward.',
  );
  expect(await refusal(cloud, { act: 'MoveClock', time: 1e300 })).toBe(
    'ActRefused: The clock of a cloud goes as far as the year 2200.',
  );
  expect(cloud.clock.now()).toBe(start);
});

test('what is no act is refused', async () => {
  const { cloud } = await world();
  expect(await refusal(cloud, { act: 'ExportKey' } as never)).toMatch(/^ActRefused: act: /);
  expect(await refusal(cloud, { act: 'RotateDomainKey', region, more: true } as never)).toMatch(
    /^ActRefused: more: /,
  );
  expect(await refusal(cloud, 'MoveClock' as never)).toMatch(/^ActRefused: /);
});

test('no act shows in the audit trail of a customer', async () => {
  const { cloud, ada } = await world();
  await sealedSecret(ada);
  const { auditRecords } = await cloud.view();
  await cloud.operate({ act: 'RotateDomainKey', region });
  await cloud.operate({ act: 'LoseCopies', zones: ['a'] });
  expect((await cloud.view()).auditRecords).toBe(auditRecords);
});

test('an undo takes the clock back, and what was due is due again', async () => {
  const { cloud, ada } = await world();
  const { keyArn, blob } = await sealedSecret(ada);
  await cloud.flush();
  const { sequence } = await cloud.view();
  await cloud.operate({ act: 'MoveClock', time: start + 20 * day });
  await cloud.operate({ act: 'UndoTo', sequence });
  expect(cloud.clock.now()).toBe(start);
  expect((await ada.decrypt({ CiphertextBlob: blob })).Plaintext).toEqual(plaintext);
  expect(await cloud.look({ name: 'upcoming', query: {} })).toEqual([
    { time: start + day, kind: 'DomainKeyRotation', subject: region },
  ]);
  await cloud.operate({ act: 'MoveClock', time: start + day });
  expect(await statesOf(cloud, keyArn)).toBe('good good good');
  expect(await refusal(cloud, { act: 'UndoTo', sequence: 1_000_000 })).toMatch(/^ActRefused: /);
});

/** An adapter that lets `before` have its way before it stores a commit of this act. */
function interrupted(act: string, before: (commit: Commit) => Promise<void> | void) {
  const adapter = memoryAdapter();
  return {
    ...adapter,
    async append(...[commit, promptness]: Parameters<typeof adapter.append>) {
      if (commit.requestIds.some((id) => id.startsWith(`operator:${act}:`))) await before(commit);
      return adapter.append(commit, promptness);
    },
  };
}

test('a request that comes in during an undo waits for its end', async () => {
  let request: Promise<unknown> | undefined;
  const adapter = interrupted('UndoTo', async () => {
    request = kms(cloud).listKeys({});
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const cloud = await openTestCloud({ seed: 'second by second', adapter });
  const now = cloud.clock.now();
  await cloud.flush();
  const { sequence } = await cloud.view();
  await cloud.operate({ act: 'MoveClock', time: now + day });
  await cloud.operate({ act: 'UndoTo', sequence });
  await request;
  expect(cloud.clock.now()).toBe(now + 1000);
});

test('a clock of which the new time cannot be stored stays where it was', async () => {
  const adapter = interrupted('MoveClock', () => Promise.reject(new Error('The disk is full.')));
  const cloud = await openTestCloud({ seed: 'full', adapter });
  const now = cloud.clock.now();
  await expect(cloud.operate({ act: 'MoveClock', time: now + day })).rejects.toThrow('full');
  expect(cloud.clock.now()).toBe(now);
});
