import { expect, test } from 'vitest';
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
