import { describe, expect, test } from 'vitest';
import { openBuckets } from '../../src/engine/kms/quotas/buckets.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

type Requests = NonNullable<NonNullable<Scenario['quotas']>['requests']>;

const Plaintext = new Uint8Array([1]);
const throttled = {
  name: 'ThrottlingException',
  message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
};

/** A cloud whose clock stands still, so that no bucket fills by itself, and clients that do not try again. */
async function world(requests?: Requests) {
  const cloud = await openTestCloud({
    scenario: {
      ...twoAccounts,
      clock: { pace: 'still' },
      ...(requests !== undefined && { quotas: { requests } }),
    },
  });
  const as = (name: string, region = 'us-east-1') => kms(cloud, name, { maxAttempts: 1, region });
  const seconds = (count: number) => cloud.clock.moveTo(cloud.clock.now() + count * 1000);
  return { cloud, ada: as('Ada'), as, seconds };
}

/** How many of `count` requests got through. */
async function through(count: number, request: () => Promise<unknown>): Promise<number> {
  let passed = 0;
  for (let index = 0; index < count; index++) {
    const outcome = await request().then(
      () => 'passed',
      (error: unknown) => (error as Error).name,
    );
    if (outcome === 'passed') passed++;
    else if (outcome !== throttled.name) throw new Error(`Refused for another reason: ${outcome}.`);
  }
  return passed;
}

test('nobody is throttled unless the scenario says so', async () => {
  const { ada } = await world();
  expect(await through(12, () => ada.createKey({}))).toBe(12);
});

test('AWS’s own rates hold on request, and a second makes up for a second', async () => {
  const { ada, seconds } = await world(true);
  expect(await through(7, () => ada.createKey({}))).toBe(5);
  expect(await refusal(ada.createKey({}))).toEqual(throttled);
  await seconds(0.4);
  expect(await through(4, () => ada.createKey({}))).toBe(2);
  await seconds(60);
  expect(await through(7, () => ada.createKey({}))).toBe(5);
});

test('a quota is of one account in one Region, whoever in it calls', async () => {
  const { ada, as } = await world({ ListKeys: 2 });
  expect(await through(3, () => ada.listKeys({}))).toBe(2);
  expect(await refusal(as('root').listKeys({}))).toEqual(throttled);
  expect(await through(3, () => as('Bea').listKeys({}))).toBe(2);
  expect(await through(3, () => as('Ada', 'eu-west-1').listKeys({}))).toBe(2);
});

test('symmetric cryptography shares one quota, and other kinds of keys have their own', async () => {
  const { ada } = await world({
    'Cryptographic operations (symmetric)': 4,
    'Cryptographic operations (RSA)': 1,
    'Cryptographic operations (ECC)': 2,
    'Cryptographic operations (ML-DSA)': 3,
  });
  const KeyId = await newKey(ada);
  const Message = new Uint8Array([1]);
  const signer = async (KeySpec: 'RSA_2048' | 'ECC_NIST_P256' | 'ML_DSA_44') => ({
    KeyId: await newKey(ada, { KeySpec, KeyUsage: 'SIGN_VERIFY' }),
    Message,
  });
  const [rsa, ecc, mlDsa] = [
    await signer('RSA_2048'),
    await signer('ECC_NIST_P256'),
    await signer('ML_DSA_44'),
  ];
  await ada.encrypt({ KeyId, Plaintext });
  await ada.generateRandom({ NumberOfBytes: 1 });
  await ada.generateDataKey({ KeyId, KeySpec: 'AES_256' });
  await ada.generateMac({
    KeyId: await newKey(ada, { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    Message,
    MacAlgorithm: 'HMAC_SHA_256',
  });
  expect(await refusal(ada.encrypt({ KeyId, Plaintext }))).toEqual(throttled);
  expect(await refusal(ada.generateRandom({ NumberOfBytes: 1 }))).toEqual(throttled);
  expect(await through(4, () => ada.sign({ ...rsa, SigningAlgorithm: 'RSASSA_PSS_SHA_256' }))).toBe(1);
  expect(await through(4, () => ada.sign({ ...ecc, SigningAlgorithm: 'ECDSA_SHA_256' }))).toBe(2);
  expect(await through(4, () => ada.sign({ ...mlDsa, SigningAlgorithm: 'ML_DSA_SHAKE_256' }))).toBe(3);
});

test('what names no custom key store that there is, shares the ordinary quota', async () => {
  const { ada } = await world({ 'Cryptographic operations (symmetric)': 2, 'Custom key store': 1 });
  const random = (id: number) =>
    refusal(ada.generateRandom({ NumberOfBytes: 1, CustomKeyStoreId: `cks-0123456789abcdef${id}` }));
  expect((await random(0)).name).toBe('CustomKeyStoreNotFoundException');
  expect((await random(1)).name).toBe('CustomKeyStoreNotFoundException');
  expect(await random(2)).toEqual(throttled);
});

test('Regions that AWS does not have share one quota', async () => {
  const { as } = await world({ ListKeys: 2 });
  let index = 0;
  expect(await through(4, () => as('Ada', `nowhere-${index++}`).listKeys({}))).toBe(2);
});

test('buckets that are full again are forgotten, and no others', () => {
  const buckets = openBuckets(10);
  const draw = (name: string, rate: number, time: number) => buckets.draw([{ name, rate }], time);
  expect(draw('slow', 0.1, 0)).toBe(true);
  for (let second = 1; second < 9; second++) {
    for (let index = 0; index < 100; index++) draw(`${second}-${index}`, 1, second * 1000);
    expect(buckets.size).toBeLessThanOrEqual(202);
  }
  expect(draw('slow', 0.1, 9000)).toBe(false);
  expect(draw('slow', 0.1, 10_000)).toBe(true);
});

test('data key pairs have a quota a spec', async () => {
  const { ada } = await world(true);
  const KeyId = await newKey(ada);
  const pair = (KeyPairSpec: 'RSA_4096' | 'ECC_NIST_P256') => () =>
    ada.generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec });
  expect(await through(2, pair('RSA_4096'))).toBe(1);
  expect(await through(2, pair('ECC_NIST_P256'))).toBe(2);
});

describe('a request counts', () => {
  test('against the caller’s account, also for another account’s key', async () => {
    const { ada, as } = await world({ 'Cryptographic operations (symmetric)': 1 });
    const KeyId = await newKey(ada);
    await ada.createGrant({
      KeyId,
      GranteePrincipal: 'arn:aws:iam::444455556666:user/Cleo',
      Operations: ['Encrypt'],
    });
    expect(await through(2, () => as('Cleo').encrypt({ KeyId, Plaintext }))).toBe(1);
    expect(await through(2, () => ada.encrypt({ KeyId, Plaintext }))).toBe(1);
  });

  test('when a service makes it for the account', async () => {
    const { ada, as } = await world({ 'Cryptographic operations (symmetric)': 1 });
    const KeyId = await newKey(ada);
    expect(await through(2, () => as('AdaViaS3').encrypt({ KeyId, Plaintext }))).toBe(1);
    expect(await refusal(ada.encrypt({ KeyId, Plaintext }))).toEqual(throttled);
  });

  test('when it is refused or only tried', async () => {
    const { ada } = await world({ 'Cryptographic operations (symmetric)': 3 });
    const KeyId = await newKey(ada);
    const unknown = ada.encrypt({ KeyId: 'alias/none', Plaintext });
    expect((await refusal(unknown)).name).toBe('NotFoundException');
    expect((await refusal(ada.encrypt({ KeyId, Plaintext, DryRun: true }))).name).toBe(
      'DryRunOperationException',
    );
    await ada.encrypt({ KeyId, Plaintext });
    expect(await refusal(ada.encrypt({ KeyId, Plaintext }))).toEqual(throttled);
  });

  test('once, also where many change the same record at once', async () => {
    const { ada } = await world({ TagResource: 8 });
    const KeyId = await newKey(ada);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        ada.tagResource({ KeyId, Tags: [{ TagKey: `tag-${index}`, TagValue: '' }] }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    expect((await ada.listResourceTags({ KeyId })).Tags).toHaveLength(8);
  });

  test('not for what a scenario wants made', async () => {
    const keys = Array.from({ length: 7 }, () => ({}));
    const [first, ...others] = twoAccounts.accounts;
    const cloud = await openTestCloud({
      scenario: { ...twoAccounts, accounts: [{ ...first!, keys }, ...others], quotas: { requests: true } },
    });
    expect((await kms(cloud).listKeys({})).Keys).toHaveLength(7);
  });
});

test('the SDK tries again by itself, and a refusal stands in the trail', async () => {
  const { cloud, ada } = await world({ ListKeys: 1 });
  await ada.listKeys({});
  const patient = kms(cloud, 'Ada', { maxAttempts: 2 });
  expect((await refusal(patient.listKeys({}))).name).toBe('ThrottlingException');
  const refused = (await trailOf(cloud)).filter(({ errorCode }) => errorCode === 'ThrottlingException');
  expect(refused).toHaveLength(2);
});
