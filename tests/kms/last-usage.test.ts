import { describe, expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 8, 1);
const Plaintext = new Uint8Array([1]);

async function world(time = start) {
  const clock = manualClock(time);
  const cloud = await openTestCloud({ scenario: twoAccounts, clock });
  const ada = kms(cloud, 'Ada', { systemClockOffset: time - Date.now() });
  return { clock, cloud, ada, KeyId: await newKey(ada) };
}

describe('GetKeyLastUsage', () => {
  test('tells of a key that was never used since when it would have been seen', async () => {
    const { ada, KeyId } = await world();
    const usage = await ada.getKeyLastUsage({ KeyId });
    expect(usage).toMatchObject({
      KeyId,
      KeyLastUsage: {},
      TrackingStartDate: new Date(start),
      KeyCreationDate: new Date(start),
    });
  });

  test('tells of the last successful cryptographic operation, by its CloudTrail event', async () => {
    const { cloud, ada, KeyId } = await world();
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    await ada.decrypt({ CiphertextBlob: CiphertextBlob! });
    await ada.describeKey({ KeyId });
    expect((await refusal(kms(cloud, 'Gus').encrypt({ KeyId, Plaintext }))).name).not.toBe('');
    const { KeyLastUsage } = await ada.getKeyLastUsage({ KeyId });
    expect(KeyLastUsage).toMatchObject({ Operation: 'Decrypt', Timestamp: new Date(start) });
    const records = await trailOf(cloud, 'Ada', start);
    const event = records.find(({ eventID }) => eventID === KeyLastUsage!.CloudTrailEventId);
    expect(event).toMatchObject({ eventName: 'Decrypt', requestID: KeyLastUsage!.KmsRequestId });
  });

  test('counts a ReEncrypt for both of its keys', async () => {
    const { ada, KeyId } = await world();
    const DestinationKeyId = await newKey(ada);
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    await ada.reEncrypt({ CiphertextBlob: CiphertextBlob!, DestinationKeyId });
    for (const key of [KeyId, DestinationKeyId]) {
      expect((await ada.getKeyLastUsage({ KeyId: key })).KeyLastUsage!.Operation).toBe('ReEncrypt');
    }
  });

  test('is for the key’s own account', async () => {
    const { cloud, KeyId } = await world();
    const bea = kms(cloud, 'Bea', { systemClockOffset: start - Date.now() });
    expect((await refusal(bea.getKeyLastUsage({ KeyId }))).name).toBe('NotFoundException');
  });

  test('begins on 23 April 2026 for keys that are older', async () => {
    const { cloud, ada, KeyId } = await world(Date.UTC(2026, 2, 1));
    await ada.encrypt({ KeyId, Plaintext });
    expect(await ada.getKeyLastUsage({ KeyId })).toMatchObject({
      KeyLastUsage: { Operation: 'Encrypt' },
      TrackingStartDate: new Date(Date.UTC(2026, 2, 1)),
    });
    await cloud.clock.moveTo(start);
    expect(await ada.getKeyLastUsage({ KeyId })).toMatchObject({
      KeyLastUsage: {},
      TrackingStartDate: new Date(Date.UTC(2026, 3, 23)),
      KeyCreationDate: new Date(Date.UTC(2026, 2, 1)),
    });
  });
});

describe('kms:TrailingDaysWithoutKeyUsage', () => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
        Resource: '*',
        Condition: { NumericLessThan: { 'kms:TrailingDaysWithoutKeyUsage': '90' } },
      },
    ],
  });

  test('keeps a key that was used of late from being disabled or deleted', async () => {
    const { cloud, ada } = await world();
    const KeyId = await newKey(ada, { Policy });
    await cloud.clock.moveTo(start + 50 * day);
    await ada.encrypt({ KeyId, Plaintext });
    await cloud.clock.moveTo(start + 140 * day - 1);
    expect((await refusal(ada.disableKey({ KeyId }))).name).toBe('AccessDeniedException');
    expect((await refusal(ada.scheduleKeyDeletion({ KeyId }))).name).toBe('AccessDeniedException');
    await cloud.clock.moveTo(start + 140 * day);
    await ada.disableKey({ KeyId });
    await ada.scheduleKeyDeletion({ KeyId });
  });

  test('counts from the making of a key that was never used', async () => {
    const { cloud, ada } = await world();
    const KeyId = await newKey(ada, { Policy });
    await cloud.clock.moveTo(start + 89 * day);
    expect((await refusal(ada.disableKey({ KeyId }))).name).toBe('AccessDeniedException');
    await cloud.clock.moveTo(start + 90 * day);
    await ada.disableKey({ KeyId });
  });
});
