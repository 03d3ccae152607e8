import { expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

/** GenerateMac and VerifyMac. That the MACs are right, `interop-secrets.test.ts` shows. */

const Message = new TextEncoder().encode('a message');
const MacAlgorithm = 'HMAC_SHA_256';
const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;

async function world() {
  const cloud = await openTestCloud({ scenario: twoAccounts });
  const client = kms(cloud);
  return { cloud, client, KeyId: await newKey(client, hmac) };
}

test.each([
  ['HMAC_224', 'HMAC_SHA_224', 28],
  ['HMAC_256', 'HMAC_SHA_256', 32],
  ['HMAC_384', 'HMAC_SHA_384', 48],
  ['HMAC_512', 'HMAC_SHA_512', 64],
] as const)('%s makes and verifies MACs of full length', async (KeySpec, algorithm, length) => {
  const { client } = await world();
  const KeyId = await newKey(client, { KeySpec, KeyUsage: 'GENERATE_VERIFY_MAC' });
  const made = await client.generateMac({ KeyId, Message, MacAlgorithm: algorithm });
  expect(made).toMatchObject({ KeyId, MacAlgorithm: algorithm });
  expect(made.Mac).toHaveLength(length);
  const verified = await client.verifyMac({ KeyId, Message, Mac: made.Mac, MacAlgorithm: algorithm });
  expect(verified).toMatchObject({ KeyId, MacValid: true, MacAlgorithm: algorithm });
});

test('a MAC that does not match is an error without a message', async () => {
  const { client, KeyId } = await world();
  const { Mac } = await client.generateMac({ KeyId, Message, MacAlgorithm });
  const altered = Uint8Array.from(Mac!);
  altered[0]! ^= 1;
  const otherMessage = new TextEncoder().encode('another message');
  for (const given of [{ Mac: altered }, { Mac: Mac!.slice(0, 16) }, { Message: otherMessage }]) {
    const refused = await refusal(client.verifyMac({ KeyId, Message, Mac, MacAlgorithm, ...given }));
    // The SDK says so where a reply has no message.
    expect(refused).toEqual({ name: 'KMSInvalidMacException', message: 'UnknownError' });
  }
});

test('algorithm and usage must be the key’s', async () => {
  const { client, KeyId } = await world();
  const small = await newKey(client, { ...hmac, KeySpec: 'HMAC_224' });
  expect(await refusal(client.generateMac({ KeyId: small, Message, MacAlgorithm }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: 'Algorithm HMAC_SHA_256 is incompatible with key spec HMAC_224.',
  });
  const symmetric = await newKey(client);
  expect(await refusal(client.generateMac({ KeyId: symmetric, Message, MacAlgorithm }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: `${symmetric} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
  });
  expect(await refusal(client.verifyMac({ KeyId: symmetric, Message, Mac: Message, MacAlgorithm }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: `${symmetric} key usage is ENCRYPT_DECRYPT which is not valid for VerifyMac.`,
  });
  expect(await refusal(client.encrypt({ KeyId, Plaintext: Message }))).toEqual({
    name: 'InvalidKeyUsageException',
    message: `${KeyId} key usage is GENERATE_VERIFY_MAC which is not valid for Encrypt.`,
  });
});

test('messages have 1 to 4096 bytes', async () => {
  const { client, KeyId } = await world();
  await client.generateMac({ KeyId, Message: new Uint8Array(4096), MacAlgorithm });
  for (const length of [0, 4097]) {
    const request = client.generateMac({ KeyId, Message: new Uint8Array(length), MacAlgorithm });
    expect((await refusal(request)).name).toBe('ValidationException');
  }
});

test('a disabled key does neither; an alias names a key; a dry run says that it would', async () => {
  const { client, KeyId } = await world();
  await client.createAlias({ AliasName: 'alias/mac', TargetKeyId: KeyId });
  const { Mac } = await client.generateMac({ KeyId: 'alias/mac', Message, MacAlgorithm });
  expect((await refusal(client.generateMac({ KeyId, Message, MacAlgorithm, DryRun: true }))).name).toBe(
    'DryRunOperationException',
  );
  expect((await refusal(client.verifyMac({ KeyId, Message, Mac, MacAlgorithm, DryRun: true }))).name).toBe(
    'DryRunOperationException',
  );
  await client.disableKey({ KeyId });
  const disabled = { name: 'DisabledException', message: `${KeyId} is disabled.` };
  expect(await refusal(client.generateMac({ KeyId, Message, MacAlgorithm }))).toEqual(disabled);
  expect(await refusal(client.verifyMac({ KeyId, Message, Mac, MacAlgorithm }))).toEqual(disabled);
});

test('another account may be let in, and policies can speak of the algorithm', async () => {
  const { cloud, client } = await world();
  const allow = (AWS: string, Action: string, Condition?: object) => ({
    ...{ Effect: 'Allow', Principal: { AWS }, Action, Resource: '*' },
    ...(Condition && { Condition }),
  });
  const KeyId = await newKey(client, {
    ...hmac,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        allow('arn:aws:iam::111122223333:root', 'kms:*'),
        allow('arn:aws:iam::444455556666:root', 'kms:*Mac'),
        allow('arn:aws:iam::111122223333:user/Gus', 'kms:GenerateMac', {
          StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_512' },
        }),
      ],
    }),
  });
  const { Mac } = await kms(cloud, 'Bea').generateMac({ KeyId, Message, MacAlgorithm });
  expect((await client.verifyMac({ KeyId, Message, Mac, MacAlgorithm })).MacValid).toBe(true);
  expect((await refusal(kms(cloud, 'Gus').generateMac({ KeyId, Message, MacAlgorithm }))).name).toBe(
    'AccessDeniedException',
  );
});

test('CloudTrail tells the algorithm and the key, nothing of message and MAC', async () => {
  const { cloud, client, KeyId } = await world();
  const { Mac } = await client.generateMac({ KeyId, Message, MacAlgorithm });
  await client.verifyMac({ KeyId, Message, Mac, MacAlgorithm });
  for (const record of (await trailOf(cloud)).slice(0, 2)) {
    expect(record).toMatchObject({
      readOnly: true,
      requestParameters: { keyId: KeyId, macAlgorithm: MacAlgorithm },
      responseElements: null,
    });
    expect(Object.keys(record['requestParameters'] as object)).toHaveLength(2);
  }
});
