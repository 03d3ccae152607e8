import type { CreateGrantRequest, KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { awsResourceQuotas } from '../../src/engine/kms/quotas/resource-quotas.ts';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

const gus = 'arn:aws:iam::111122223333:user/Gus';
const ron = 'arn:aws:iam::111122223333:user/Ron';
const app = 'arn:aws:iam::111122223333:role/App';
const cleo = 'arn:aws:iam::444455556666:user/Cleo';
const Plaintext = new Uint8Array([1, 2, 3]);

type GrantTerms = Omit<CreateGrantRequest, 'KeyId' | 'Operations'> &
  Partial<Pick<CreateGrantRequest, 'Operations'>>;

async function world() {
  const cloud = await openTestCloud({ scenario: twoAccounts });
  const ada = kms(cloud);
  const KeyId = await newKey(ada);
  const grant = (terms: GrantTerms = {}, client: KMS = ada) =>
    client.createGrant({
      KeyId,
      Operations: ['Encrypt', 'Decrypt'],
      ...(terms.GranteeServicePrincipal === undefined && { GranteePrincipal: gus }),
      ...terms,
    });
  return { cloud, ada, KeyId, grant, as: (name: string) => kms(cloud, name) };
}

describe('CreateGrant', () => {
  test('lets the grantee do what it says and nothing else', async () => {
    const { KeyId, grant, as } = await world();
    expect((await refusal(as('Gus').encrypt({ KeyId, Plaintext }))).name).toBe('AccessDeniedException');
    const { GrantId, GrantToken } = await grant({ Operations: ['Encrypt'] });
    expect(GrantId).toMatch(/^[0-9a-f]{64}$/);
    const { CiphertextBlob } = await as('Gus').encrypt({ KeyId, Plaintext, GrantTokens: [GrantToken!] });
    expect((await refusal(as('Gus').decrypt({ CiphertextBlob: CiphertextBlob! }))).name).toBe(
      'AccessDeniedException',
    );
    expect((await refusal(as('Ron').encrypt({ KeyId, Plaintext }))).name).toBe('AccessDeniedException');
  });

  test('lets every session of a role use the role’s grant', async () => {
    const { KeyId, grant, as } = await world();
    await grant({ GranteePrincipal: app });
    expect((await as('App').encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
  });

  test('lets a principal of another account use the key, without a word in its own policies', async () => {
    const { KeyId, grant, as } = await world();
    await grant({ GranteePrincipal: cleo });
    expect((await as('Cleo').encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
  });

  test('yields to a Deny in a policy', async () => {
    const { ada, KeyId, grant, as } = await world();
    await grant();
    const deny = { Effect: 'Deny', Principal: { AWS: gus }, Action: 'kms:Encrypt', Resource: '*' };
    const allow = {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
      Resource: '*',
    };
    await ada.putKeyPolicy({
      KeyId,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: [allow, deny] }),
    });
    expect((await refusal(as('Gus').encrypt({ KeyId, Plaintext }))).name).toBe('AccessDeniedException');
  });

  test('with a Name finds the grant that the same request made, and gives another token for it', async () => {
    const { grant, ada, KeyId } = await world();
    const terms = {
      Name: 'nightly/job',
      Constraints: { EncryptionContextSubset: { dept: 'IT', stage: 'test' } },
      RetiringPrincipal: ron,
    };
    const first = await grant(terms);
    const again = await grant({
      ...terms,
      Operations: ['Decrypt', 'Encrypt'],
      Constraints: { EncryptionContextSubset: { stage: 'test', dept: 'IT' } },
    });
    expect(again.GrantId).toBe(first.GrantId);
    expect(again.GrantToken).not.toBe(first.GrantToken);
    for (const other of [
      { ...terms, Name: 'nightly' },
      { ...terms, Operations: ['Encrypt' as const] },
      { ...terms, RetiringPrincipal: app },
      { ...terms, Constraints: { EncryptionContextSubset: { dept: 'IT' } } },
      { ...terms, Constraints: { EncryptionContextEquals: { dept: 'IT', stage: 'test' } } },
    ]) {
      expect((await grant(other)).GrantId).not.toBe(first.GrantId);
    }
    expect((await ada.listGrants({ KeyId })).Grants).toHaveLength(6);
  });

  test('without a Name makes a grant each time', async () => {
    const { grant } = await world();
    expect((await grant()).GrantId).not.toBe((await grant()).GrantId);
  });

  const wrong: [string, GrantTerms, string, RegExp][] = [
    ['no grantee', { GranteePrincipal: undefined }, 'ValidationException', /either GranteePrincipal or/],
    [
      'two grantees',
      { GranteePrincipal: gus, GranteeServicePrincipal: 's3.amazonaws.com' },
      'ValidationException',
      /either GranteePrincipal or/,
    ],
    [
      'two who may retire it',
      { RetiringPrincipal: ron, RetiringServicePrincipal: 's3.amazonaws.com' },
      'ValidationException',
      /either RetiringPrincipal or/,
    ],
    [
      'a service without SourceArn',
      { GranteeServicePrincipal: 's3.amazonaws.com', RetiringPrincipal: ron },
      'ValidationException',
      /SourceArn/,
    ],
    [
      'a service that nobody may retire the grant of',
      { GranteeServicePrincipal: 's3.amazonaws.com', Constraints: { SourceArn: 'arn:aws:s3:::invoices' } },
      'ValidationException',
      /RetiringServicePrincipal/,
    ],
    ['no operations', { Operations: [] }, 'ValidationException', /at least one operation/],
    ['an operation of other keys', { Operations: ['Encrypt', 'Sign'] }, 'ValidationException', /Sign/],
    [
      'nine pairs',
      {
        Constraints: {
          EncryptionContextEquals: Object.fromEntries(
            Array.from({ length: 9 }, (_, index) => [`k${index}`, '']),
          ),
        },
      },
      'ValidationException',
      /at most 8/,
    ],
    [
      'a value of 385 characters',
      { Constraints: { EncryptionContextSubset: { a: 'x'.repeat(385) } } },
      'ValidationException',
      /at most 384/,
    ],
    [
      'a grantee who does not exist',
      { GranteePrincipal: 'arn:aws:iam::111122223333:user/Nobody' },
      'InvalidArnException',
      /^ARN does not refer to a valid principal: arn:aws:iam::111122223333:user\/Nobody$/,
    ],
    ['a grantee that is no ARN', { GranteePrincipal: 'Gus' }, 'InvalidArnException', /valid principal: Gus$/],
    [
      'a retiring principal who does not exist',
      { RetiringPrincipal: `${ron}ny` },
      'InvalidArnException',
      /Ronny/,
    ],
    ['an illegal name', { Name: 'my grant' }, 'ValidationException', /regular expression pattern/],
    ['a token that is none', { GrantTokens: ['AQpA'] }, 'InvalidGrantTokenException', /^/],
  ];
  test.each(wrong)('refuses %s', async (_what, terms, name, message) => {
    const { grant, ada, KeyId } = await world();
    const refused = await refusal(grant(terms));
    expect(refused.name).toBe(name);
    expect(refused.message).toMatch(message);
    expect((await ada.listGrants({ KeyId })).Grants).toEqual([]);
  });

  test('takes no alias, and another account’s key by its ARN alone', async () => {
    const { ada, KeyId, as } = await world();
    await ada.createAlias({ AliasName: 'alias/demo', TargetKeyId: KeyId });
    const request = { GranteePrincipal: gus, Operations: ['Decrypt' as const] };
    expect(await refusal(ada.createGrant({ KeyId: 'alias/demo', ...request }))).toEqual({
      name: 'NotFoundException',
      message: "Invalid keyId 'alias/demo'",
    });
    const bea = as('Bea');
    expect((await refusal(bea.createGrant({ KeyId: KeyId.split('/')[1]!, ...request }))).name).toBe(
      'NotFoundException',
    );
    expect((await refusal(bea.createGrant({ KeyId, ...request }))).name).toBe('AccessDeniedException');
  });

  test.each([
    ['RSA_2048', 'SIGN_VERIFY', ['Sign', 'Verify', 'GetPublicKey'], 'GenerateDataKey'],
    [
      'RSA_2048',
      'ENCRYPT_DECRYPT',
      ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GetPublicKey'],
      'Sign',
    ],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', ['DeriveSharedSecret', 'GetPublicKey'], 'Verify'],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', ['GenerateMac', 'VerifyMac'], 'GetPublicKey'],
    ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', ['Encapsulate', 'Decapsulate', 'GetPublicKey'], 'Encrypt'],
  ] as const)('permits on a key %s for %s what such keys can do', async (KeySpec, KeyUsage, fit, unfit) => {
    const { ada } = await world();
    const KeyId = await newKey(ada, { KeySpec, KeyUsage });
    const request = { KeyId, GranteePrincipal: gus };
    const { GrantId } = await ada.createGrant({
      ...request,
      Operations: [...fit, 'DescribeKey', 'CreateGrant', 'RetireGrant'],
    });
    expect(GrantId).toBeDefined();
    expect((await refusal(ada.createGrant({ ...request, Operations: [unfit] }))).name).toBe(
      'ValidationException',
    );
    const constrained = {
      ...request,
      Operations: ['DescribeKey' as const],
      Constraints: { EncryptionContextEquals: { a: 'b' } },
    };
    expect((await refusal(ada.createGrant(constrained))).message).toMatch(/symmetric/);
  });

  test('goes by the state of the key', async () => {
    const { ada, KeyId, grant } = await world();
    await ada.disableKey({ KeyId });
    expect(await refusal(grant())).toEqual({ name: 'DisabledException', message: `${KeyId} is disabled.` });
  });

  test('dry runs change nothing', async () => {
    const { ada, KeyId, grant } = await world();
    expect((await refusal(grant({ DryRun: true }))).name).toBe('DryRunOperationException');
    expect((await ada.listGrants({ KeyId })).Grants).toEqual([]);
  });

  test('stops at the quota', async () => {
    const cloud = await openTestCloud({
      scenario: { ...twoAccounts, quotas: { resources: { ...awsResourceQuotas, grantsPerKey: 2 } } },
    });
    const ada = kms(cloud);
    const KeyId = await newKey(ada);
    const grant = () => ada.createGrant({ KeyId, GranteePrincipal: gus, Operations: ['Encrypt'] });
    await grant();
    const { GrantId } = await grant();
    expect((await refusal(grant())).name).toBe('LimitExceededException');
    await ada.revokeGrant({ KeyId, GrantId });
    expect((await grant()).GrantId).toBeDefined();
  });

  test('is in CloudTrail with its terms and without its tokens', async () => {
    const { cloud, grant, KeyId } = await world();
    const first = await grant();
    const { GrantId } = await grant({
      Name: 'a',
      RetiringPrincipal: ron,
      Constraints: { EncryptionContextSubset: { Dept: 'IT' } },
      GrantTokens: [first.GrantToken!],
    });
    const [record] = await trailOf(cloud);
    expect(record).toMatchObject({ eventName: 'CreateGrant', readOnly: false });
    expect(record!['requestParameters']).toEqual({
      keyId: KeyId,
      granteePrincipal: gus,
      retiringPrincipal: ron,
      operations: ['Encrypt', 'Decrypt'],
      constraints: { encryptionContextSubset: { Dept: 'IT' } },
      name: 'a',
    });
    expect(record!['responseElements']).toEqual({ grantId: GrantId, keyId: KeyId });
  });
});

describe('constraints of a grant', () => {
  test('EncryptionContextEquals wants exactly this context, EncryptionContextSubset at least this', async () => {
    const { KeyId, grant, as } = await world();
    const gusMay = (EncryptionContext: Record<string, string>) =>
      as('Gus')
        .encrypt({ KeyId, Plaintext, EncryptionContext })
        .then(
          () => true,
          () => false,
        );
    const { GrantId } = await grant({ Constraints: { EncryptionContextEquals: { dept: 'IT' } } });
    expect(await gusMay({ dept: 'IT' })).toBe(true);
    expect(await gusMay({ dept: 'IT', more: '1' })).toBe(false);
    expect(await gusMay({ dept: 'it' })).toBe(false);
    expect(await gusMay({})).toBe(false);
    await as('Ada').revokeGrant({ KeyId, GrantId });
    await grant({ Constraints: { EncryptionContextSubset: { dept: 'IT' } } });
    expect(await gusMay({ dept: 'IT', more: '1' })).toBe(true);
    expect(await gusMay({ more: '1' })).toBe(false);
  });

  test('SourceArn binds a service to the resource that it works for', async () => {
    const { KeyId, grant, as } = await world();
    const service = { GranteeServicePrincipal: 's3.amazonaws.com', RetiringPrincipal: ron };
    await grant({ ...service, Constraints: { SourceArn: 'arn:aws:s3:::receipts' } });
    expect((await refusal(as('s3.amazonaws.com').encrypt({ KeyId, Plaintext }))).name).toBe(
      'AccessDeniedException',
    );
    await grant({ ...service, Constraints: { SourceArn: 'arn:aws:s3:::invoices' } });
    expect((await as('s3.amazonaws.com').encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
  });
});

describe('grants made through a grant', () => {
  const parent = { dept: 'IT' };
  async function child(terms: GrantTerms, parentTerms: GrantTerms = {}) {
    const { grant, as } = await world();
    await grant({
      Operations: ['Encrypt', 'Decrypt', 'CreateGrant'],
      Constraints: { EncryptionContextSubset: parent },
      ...parentTerms,
    });
    return grant({ GranteePrincipal: ron, Operations: ['Decrypt'], ...terms }, as('Gus'));
  }
  const equalsParent = { Constraints: { EncryptionContextEquals: parent } };

  test.each<[string, GrantTerms, GrantTerms?]>([
    ['the same constraint', { Constraints: { EncryptionContextSubset: parent } }],
    ['a larger subset', { Constraints: { EncryptionContextSubset: { ...parent, stage: 'test' } } }],
    ['an exact context', { Constraints: { EncryptionContextEquals: { ...parent, stage: 'test' } } }],
    ['the same exact context', equalsParent, equalsParent],
    [
      'the right to make more',
      { Operations: ['CreateGrant'], Constraints: { EncryptionContextSubset: parent } },
    ],
  ])('may have %s', async (_what, terms, parentTerms) => {
    expect((await child(terms, parentTerms)).GrantId).toBeDefined();
  });

  test.each<[string, GrantTerms, GrantTerms?]>([
    ['no constraint', {}],
    ['another value', { Constraints: { EncryptionContextSubset: { dept: 'HR' } } }],
    ['another pair', { Constraints: { EncryptionContextEquals: { stage: 'test' } } }],
    [
      'a subset where the parent is exact',
      { Constraints: { EncryptionContextSubset: parent } },
      equalsParent,
    ],
    [
      'more than the exact context',
      { Constraints: { EncryptionContextEquals: { ...parent, a: 'b' } } },
      equalsParent,
    ],
    [
      'an operation that the parent lacks',
      { Operations: ['GenerateDataKey'], Constraints: { EncryptionContextSubset: parent } },
    ],
  ])('may not have %s', async (_what, terms, parentTerms) => {
    expect((await refusal(child(terms, parentTerms))).name).toBe('AccessDeniedException');
  });

  test('work for the new grantee', async () => {
    const { grant, as, KeyId } = await world();
    await grant({ Operations: ['Encrypt', 'CreateGrant'] });
    await grant({ GranteePrincipal: ron, Operations: ['Encrypt'] }, as('Gus'));
    expect((await as('Ron').encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
  });

  test('may not draw on a grant to the account that the account does not let the caller use', async () => {
    const { grant, as } = await world();
    await grant({ Operations: ['CreateGrant'] });
    await grant({
      GranteePrincipal: 'arn:aws:iam::111122223333:root',
      Operations: ['CreateGrant', 'Decrypt'],
    });
    const child = { GranteePrincipal: ron, Operations: ['Decrypt' as const] };
    expect((await refusal(grant(child, as('Gus')))).name).toBe('AccessDeniedException');
  });

  test('are free where a policy lets the caller make grants', async () => {
    const { grant, ada, KeyId } = await world();
    await ada.createGrant({
      KeyId,
      GranteePrincipal: 'arn:aws:iam::111122223333:user/Ada',
      Operations: ['CreateGrant'],
    });
    expect((await grant({ Operations: ['Decrypt'] })).GrantId).toBeDefined();
  });
});

test('a key with many grants finds those of one grantee by name', async () => {
  const { grant, ada, KeyId, as } = await world();
  for (let count = 0; count < 12; count++) await grant({ GranteePrincipal: app });
  await grant();
  expect((await ada.listGrants({ KeyId, GranteePrincipal: gus })).Grants).toHaveLength(1);
  expect((await as('Gus').encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
});

test('condition keys let a policy say which grants may be made', async () => {
  const { cloud, ada } = await world();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: identity(cloud, 'root').arn }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Allow',
        Principal: { AWS: gus },
        Action: 'kms:CreateGrant',
        Resource: '*',
        Condition: {
          'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'DescribeKey'] },
          StringEquals: {
            'kms:GranteePrincipal': app,
            'kms:RetiringPrincipal': ron,
            'kms:GrantConstraintType': 'EncryptionContextSubset',
            'kms:EncryptionContext:dept': 'IT',
          },
          Bool: { 'kms:GrantIsForAWSResource': 'false' },
        },
      },
    ],
  });
  const KeyId = await newKey(ada, { Policy });
  const allowed: CreateGrantRequest = {
    KeyId,
    GranteePrincipal: app,
    RetiringPrincipal: ron,
    Operations: ['Decrypt'],
    Constraints: { EncryptionContextSubset: { dept: 'IT' } },
  };
  const client = kms(cloud, 'Gus');
  expect((await client.createGrant(allowed)).GrantId).toBeDefined();
  const others: Partial<CreateGrantRequest>[] = [
    { Operations: ['Decrypt', 'Encrypt'] },
    { GranteePrincipal: gus },
    { RetiringPrincipal: app },
    { Constraints: { EncryptionContextEquals: { dept: 'IT' } } },
    { Constraints: { EncryptionContextSubset: { dept: 'HR' } } },
  ];
  for (const other of others) {
    expect((await refusal(client.createGrant({ ...allowed, ...other }))).name).toBe('AccessDeniedException');
  }
});

test('kms:GrantIsForAWSResource tells whether a service asks', async () => {
  const { cloud, ada } = await world();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ['Ada', 'AdaViaS3'].map((name) => identity(cloud, name).arn) },
        Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
        Resource: '*',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
      },
    ],
  });
  const KeyId = await newKey(ada, { Policy, BypassPolicyLockoutSafetyCheck: true });
  const terms = { KeyId, GranteePrincipal: gus, Operations: ['Decrypt' as const] };
  expect((await refusal(ada.createGrant(terms))).name).toBe('AccessDeniedException');
  const viaS3 = kms(cloud, 'AdaViaS3');
  const { GrantId } = await viaS3.createGrant(terms);
  expect((await viaS3.listGrants({ KeyId })).Grants).toHaveLength(1);
  await viaS3.revokeGrant({ KeyId, GrantId });
});
