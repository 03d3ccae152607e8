import { KMSServiceException } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

test('the SDK tries again when it is throttled, and gets through', async () => {
  let left = 2;
  const cloud = await openTestCloud({ throttle: () => left-- > 0 });
  const { $metadata, Plaintext } = await kms(cloud).generateRandom({ NumberOfBytes: 8 });
  expect(Plaintext).toHaveLength(8);
  expect($metadata.attempts).toBe(3);
});

test('the SDK gives up when throttling does not end', async () => {
  const cloud = await openTestCloud({ throttle: () => true });
  const error: unknown = await kms(cloud)
    .generateRandom({ NumberOfBytes: 8 })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(KMSServiceException);
  const throttled = error as KMSServiceException;
  expect(throttled.name).toBe('ThrottlingException');
  expect(throttled.message).toBe(
    'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  );
  expect(throttled.$metadata.attempts).toBe(3);
});

test.for([
  ['ahead', 3_600_000],
  ['behind', -3_600_000],
] as const)('the SDK corrects its clock when the cloud’s is an hour %s', async ([, offset]) => {
  const cloud = await openTestCloud({ clock: manualClock(Date.now() + offset) });
  const client = kms(cloud);
  const { $metadata } = await client.listKeys({});
  expect($metadata.attempts).toBe(2);
  // It remembers, and is right at once from then on.
  expect((await client.listKeys({})).$metadata.attempts).toBe(1);
});
