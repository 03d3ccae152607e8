import { describe, expect, test } from 'vitest';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

async function world() {
  const cloud = await openTestCloud({ scenario: twoAccounts });
  const ada = kms(cloud);
  return { cloud, ada, KeyId: await newKey(ada) };
}

const statement = (Action: string | string[], AWS: string) => ({
  Effect: 'Allow',
  Principal: { AWS },
  Action,
  Resource: '*',
});
const root = 'arn:aws:iam::111122223333:root';
const gus = 'arn:aws:iam::111122223333:user/Gus';
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

describe('PutKeyPolicy', () => {
  test('replaces the whole policy, which GetKeyPolicy returns as it was given', async () => {
    const { cloud, ada, KeyId } = await world();
    const Policy = `  ${policy(statement('kms:*', root), statement('kms:DescribeKey', gus))}\n`;
    expect((await refusal(kms(cloud, 'Gus').describeKey({ KeyId }))).name).toBe('AccessDeniedException');
    await ada.putKeyPolicy({ KeyId, PolicyName: 'default', Policy });
    expect(await ada.getKeyPolicy({ KeyId })).toMatchObject({ Policy, PolicyName: 'default' });
    expect((await kms(cloud, 'Gus').describeKey({ KeyId })).KeyMetadata!.Arn).toBe(KeyId);
  });

  test('refuses a policy that would lock the caller out, unless told otherwise', async () => {
    const { ada, KeyId } = await world();
    const Policy = policy(statement('kms:*', gus));
    expect(await refusal(ada.putKeyPolicy({ KeyId, Policy }))).toEqual({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    await ada.putKeyPolicy({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect((await refusal(ada.putKeyPolicy({ KeyId, Policy }))).name).toBe('AccessDeniedException');
  });

  test('lets policies forbid kms:BypassPolicyLockoutSafetyCheck', async () => {
    const { ada, KeyId } = await world();
    const Policy = policy(statement('kms:*', root), {
      Effect: 'Deny',
      Principal: '*',
      Action: 'kms:PutKeyPolicy',
      Resource: '*',
      Condition: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
    });
    await ada.putKeyPolicy({ KeyId, Policy });
    const bypassing = ada.putKeyPolicy({ KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    expect((await refusal(bypassing)).name).toBe('AccessDeniedException');
    await ada.putKeyPolicy({ KeyId, Policy });
  });

  const allowing = policy(statement('kms:*', root));
  test.each([
    ['no JSON', '{', 'MalformedPolicyDocumentException'],
    [
      'a principal who does not exist',
      policy(statement('kms:*', `${gus}tav`)),
      'MalformedPolicyDocumentException',
    ],
    ['a character beyond U+00FF', allowing.replace('kms:*', 'kms:*…'), 'MalformedPolicyDocumentException'],
    ['more than 32 KiB', allowing + ' '.repeat(32_769 - allowing.length), 'LimitExceededException'],
  ])('refuses %s', async (_what, Policy, name) => {
    const { ada, KeyId } = await world();
    const { Policy: before } = await ada.getKeyPolicy({ KeyId });
    expect((await refusal(ada.putKeyPolicy({ KeyId, Policy }))).name).toBe(name);
    expect((await ada.getKeyPolicy({ KeyId })).Policy).toBe(before);
  });

  test('takes exactly 32 KiB', async () => {
    const { ada, KeyId } = await world();
    await ada.putKeyPolicy({ KeyId, Policy: allowing + ' '.repeat(32_768 - allowing.length) });
  });

  test('is in CloudTrail with the policy’s text', async () => {
    const { cloud, ada, KeyId } = await world();
    await ada.putKeyPolicy({ KeyId, PolicyName: 'default', Policy: allowing });
    expect((await trailOf(cloud))[0]).toMatchObject({
      eventName: 'PutKeyPolicy',
      readOnly: false,
      requestParameters: {
        keyId: KeyId,
        policyName: 'default',
        policy: allowing,
        bypassPolicyLockoutSafetyCheck: false,
      },
      responseElements: null,
    });
  });
});

test('a key has one policy, and its name is default', async () => {
  const { ada, KeyId } = await world();
  expect(await ada.listKeyPolicies({ KeyId })).toMatchObject({ PolicyNames: ['default'], Truncated: false });
  expect(await refusal(ada.getKeyPolicy({ KeyId, PolicyName: 'other' }))).toEqual({
    name: 'NotFoundException',
    message: 'No such policy exists',
  });
  const { Policy } = await ada.getKeyPolicy({ KeyId });
  const named = ada.putKeyPolicy({ KeyId, PolicyName: 'other', Policy });
  expect((await refusal(named)).name).toBe('UnsupportedOperationException');
  expect((await refusal(ada.listKeyPolicies({ KeyId, Marker: 'x' }))).name).toBe('InvalidMarkerException');
});

test('policies are for the key’s own account, by key id or key ARN, whatever the key’s state', async () => {
  const { cloud, ada, KeyId } = await world();
  await ada.createAlias({ AliasName: 'alias/demo', TargetKeyId: KeyId });
  expect((await refusal(ada.getKeyPolicy({ KeyId: 'alias/demo' }))).name).toBe('NotFoundException');
  const { Policy } = await ada.getKeyPolicy({ KeyId: KeyId.split('/')[1]! });
  for (const request of [
    kms(cloud, 'Bea').getKeyPolicy({ KeyId }),
    kms(cloud, 'Bea').putKeyPolicy({ KeyId, Policy }),
    kms(cloud, 'Bea').listKeyPolicies({ KeyId }),
  ]) {
    expect(await refusal(request)).toEqual({
      name: 'NotFoundException',
      message: `Key '${KeyId}' does not exist`,
    });
  }
  await ada.scheduleKeyDeletion({ KeyId });
  await ada.putKeyPolicy({ KeyId, Policy });
  expect((await ada.getKeyPolicy({ KeyId })).Policy).toBe(Policy);
});

test('the policy of a new key without one is AWS’s default', async () => {
  const { cloud, ada, KeyId } = await world();
  const { Policy } = await ada.getKeyPolicy({ KeyId });
  expect(JSON.parse(Policy!)).toEqual({
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [{ Sid: 'Enable IAM User Permissions', ...statement('kms:*', identity(cloud, 'root').arn) }],
  });
});
