import { paginateListAliases } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import type { PolicyDocument } from '../../src/engine/iam/types.ts';
import { awsResourceQuotas } from '../../src/engine/kms/quotas/resource-quotas.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

const Plaintext = new Uint8Array([1, 2, 3]);
const alias = 'alias/aws/s3';

async function world() {
  const cloud = await openTestCloud({ scenario: twoAccounts });
  return { cloud, ada: kms(cloud), viaS3: kms(cloud, 'AdaViaS3') };
}

describe('the AWS managed key of a service', () => {
  test('is made when DescribeKey names its alias, once', async () => {
    const { ada } = await world();
    expect((await ada.listKeys({})).Keys).toEqual([]);
    const { KeyMetadata } = await ada.describeKey({ KeyId: alias });
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: '111122223333',
      KeyManager: 'AWS',
      Origin: 'AWS_KMS',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      MultiRegion: false,
      Description: 'Default key that protects my S3 objects when no other key is defined',
    });
    const { KeyId, Arn } = KeyMetadata!;
    const byArn = await ada.describeKey({ KeyId: `arn:aws:kms:us-east-1:111122223333:${alias}` });
    expect(byArn.KeyMetadata!.KeyId).toBe(KeyId);
    expect((await ada.listKeys({})).Keys).toEqual([{ KeyId, KeyArn: Arn }]);
    expect((await ada.listResourceTags({ KeyId: KeyId! })).Tags).toEqual([]);
  });

  test('is another in each account and Region', async () => {
    const { cloud, ada } = await world();
    const ids = await Promise.all(
      [ada, kms(cloud, 'Bea'), kms(cloud, 'Ada', { region: 'eu-west-1' })].map(
        async (client) => (await client.describeKey({ KeyId: alias })).KeyMetadata!.Arn!,
      ),
    );
    expect(new Set(ids).size).toBe(3);
    expect(
      await refusal(ada.describeKey({ KeyId: `arn:aws:kms:us-east-1:444455556666:alias/aws/ebs` })),
    ).toEqual({
      name: 'NotFoundException',
      message: 'Alias arn:aws:kms:us-east-1:444455556666:alias/aws/ebs is not found.',
    });
  });

  test('has the policy that AWS writes', async () => {
    const { ada } = await world();
    const { KeyMetadata } = await ada.describeKey({ KeyId: 'alias/aws/ebs' });
    const { Policy } = await ada.getKeyPolicy({ KeyId: KeyMetadata!.KeyId });
    // As read in an account: github.com/FogSecurity/aws-managed-kms-keys, reference_key_policies/ebs.json.
    expect(JSON.parse(Policy!) as PolicyDocument).toEqual({
      Version: '2012-10-17',
      Id: 'auto-ebs-2',
      Statement: [
        {
          Sid: 'Allow access through EBS for all principals in the account that are authorized to use EBS',
          Effect: 'Allow',
          Principal: { AWS: '*' },
          Action: [
            'kms:Encrypt',
            'kms:Decrypt',
            'kms:ReEncrypt*',
            'kms:GenerateDataKey*',
            'kms:CreateGrant',
            'kms:DescribeKey',
          ],
          Resource: '*',
          Condition: {
            StringEquals: {
              'kms:ViaService': 'ec2.us-east-1.amazonaws.com',
              'kms:CallerAccount': '111122223333',
            },
          },
        },
        {
          Sid: 'Allow direct access to key metadata to the account',
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
          Resource: '*',
        },
      ],
    });
  });

  test('serves its service, and nobody directly', async () => {
    const { ada, viaS3 } = await world();
    const { CiphertextBlob, KeyId } = await viaS3.encrypt({ KeyId: alias, Plaintext });
    expect((await viaS3.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
    expect((await refusal(ada.encrypt({ KeyId: KeyId!, Plaintext }))).name).toBe('AccessDeniedException');
    expect((await refusal(ada.decrypt({ CiphertextBlob: CiphertextBlob! }))).name).toBe(
      'AccessDeniedException',
    );
  });

  test('is not made by a direct request, nor left by one that is refused', async () => {
    const { cloud, ada, viaS3 } = await world();
    expect((await refusal(ada.encrypt({ KeyId: alias, Plaintext }))).name).toBe('NotFoundException');
    expect((await refusal(kms(cloud, 'Gus').describeKey({ KeyId: alias }))).name).toBe(
      'AccessDeniedException',
    );
    expect((await refusal(viaS3.encrypt({ KeyId: 'alias/aws/ebs', Plaintext }))).name).toBe(
      'AccessDeniedException',
    );
    expect((await refusal(ada.describeKey({ KeyId: 'alias/aws/nothing' }))).name).toBe('NotFoundException');
    expect((await ada.listKeys({})).Keys).toEqual([]);
  });

  test('is not made for a service that calls in its own name: that has no account', async () => {
    const { cloud, ada } = await world();
    const service = kms(cloud, 's3.amazonaws.com', { maxAttempts: 1 });
    expect((await refusal(service.describeKey({ KeyId: 'alias/aws/dynamodb' }))).name).toBe(
      'NotFoundException',
    );
    expect((await ada.listKeys({})).Keys).toEqual([]);
  });

  test('is not for anybody in the account to manage, not even the root user', async () => {
    const { cloud, ada } = await world();
    const { KeyMetadata } = await ada.describeKey({ KeyId: 'alias/aws/ebs' });
    const KeyId = KeyMetadata!.KeyId!;
    const Policy = (await ada.getKeyPolicy({ KeyId })).Policy!;
    for (const client of [ada, kms(cloud, 'root')]) {
      for (const request of [
        () => client.disableKey({ KeyId }),
        () => client.putKeyPolicy({ KeyId, Policy }),
        () => client.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
        () => client.updateKeyDescription({ KeyId, Description: 'mine' }),
        () => client.createAlias({ AliasName: 'alias/mine', TargetKeyId: KeyId }),
        () =>
          client.createGrant({
            KeyId,
            GranteePrincipal: 'arn:aws:iam::111122223333:user/Gus',
            Operations: ['Decrypt'],
          }),
      ]) {
        expect((await refusal(request())).name).toBe('AccessDeniedException');
      }
    }
    const reserved = kms(cloud, 'root').createAlias({
      AliasName: 'alias/aws/mine',
      TargetKeyId: await newKey(ada),
    });
    expect((await refusal(reserved)).name).toBe('NotAuthorizedException');
    expect((await refusal(ada.deleteAlias({ AliasName: 'alias/aws/ebs' }))).name).toBe(
      'NotAuthorizedException',
    );
  });

  test('is rotated every year, and opens what it encrypted before', async () => {
    const { cloud, ada, viaS3 } = await world();
    const { CiphertextBlob, KeyId } = await viaS3.encrypt({ KeyId: alias, Plaintext });
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 365,
    });
    const { KeyMetadata: before } = await ada.describeKey({ KeyId });
    await cloud.clock.moveTo(cloud.clock.now() + 365 * 86_400_000);
    const { KeyMetadata: after } = await ada.describeKey({ KeyId });
    expect(after!.CurrentKeyMaterialId).not.toBe(before!.CurrentKeyMaterialId);
    expect((await viaS3.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
  });

  test('does not count as one of the account’s keys', async () => {
    const cloud = await openTestCloud({
      scenario: { ...twoAccounts, quotas: { resources: { ...awsResourceQuotas, keys: 1 } } },
    });
    const ada = kms(cloud);
    await ada.describeKey({ KeyId: alias });
    await ada.describeKey({ KeyId: 'alias/aws/ebs' });
    await newKey(ada);
    expect((await refusal(newKey(ada))).name).toBe('LimitExceededException');
  });

  test('stands in the trail with the service that called', async () => {
    const { cloud, viaS3 } = await world();
    await viaS3.generateDataKey({ KeyId: alias, KeySpec: 'AES_256' });
    const [record] = await trailOf(cloud);
    expect(record).toMatchObject({
      eventName: 'GenerateDataKey',
      userIdentity: { userName: 'AdaViaS3', invokedBy: 's3.amazonaws.com' },
      requestParameters: { keyId: alias, keySpec: 'AES_256' },
    });
  });
});

describe('ListAliases', () => {
  test('shows the aliases that AWS has predefined, with a key only once there is one', async () => {
    const { ada } = await world();
    const TargetKeyId = (await newKey(ada)).split('/')[1]!;
    for (const AliasName of ['alias/a', 'alias/zebra']) await ada.createAlias({ AliasName, TargetKeyId });
    const { KeyMetadata } = await ada.describeKey({ KeyId: alias });
    const { Aliases, Truncated } = await ada.listAliases({ Limit: 100 });
    expect(Truncated).toBe(false);
    const names = Aliases!.map(({ AliasName }) => AliasName!);
    expect(names).toEqual([...names].sort());
    expect(names.filter((name) => name.startsWith('alias/aws/'))).toHaveLength(39);
    expect(names).toEqual(
      expect.arrayContaining(['alias/a', 'alias/aws/ebs', 'alias/aws/rds', 'alias/zebra']),
    );
    expect(Aliases!.find(({ AliasName }) => AliasName === 'alias/aws/ebs')).toEqual({
      AliasName: 'alias/aws/ebs',
      AliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/aws/ebs',
    });
    expect(Aliases!.find(({ AliasName }) => AliasName === alias)).toMatchObject({
      TargetKeyId: KeyMetadata!.KeyId,
      CreationDate: KeyMetadata!.CreationDate,
    });
    expect((await ada.listAliases({ KeyId: KeyMetadata!.KeyId })).Aliases).toHaveLength(1);
  });

  test.each([1, 7, 40, 41, 42])('in pages of %i shows each alias once', async (pageSize) => {
    const { ada } = await world();
    const TargetKeyId = await newKey(ada);
    await ada.createAlias({ AliasName: 'alias/a', TargetKeyId });
    await ada.createAlias({ AliasName: 'alias/b', TargetKeyId });
    await ada.describeKey({ KeyId: alias });
    const names: string[] = [];
    for await (const page of paginateListAliases({ client: ada, pageSize }, {})) {
      names.push(...page.Aliases!.map(({ AliasName }) => AliasName!));
    }
    expect(names).toHaveLength(41);
    expect(new Set(names).size).toBe(41);
  });
});
