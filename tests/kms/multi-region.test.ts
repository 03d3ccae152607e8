import { randomBytes } from 'node:crypto';
import type { CreateKeyRequest, KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { defaultKeyPolicy } from '../../src/engine/iam/default-key-policy.ts';
import { kms } from '../support/clients.ts';
import { importInto } from './importing.ts';
import {
  abroad,
  day,
  events,
  idOf,
  inRegion,
  refusals,
  second,
  start,
  stillWorld,
  type World,
} from './life.ts';
import { newKey, refusal, twoAccounts } from './support.ts';

/** Multi-Region keys: KMS Developer Guide, "Multi-Region keys in AWS KMS". */

const Plaintext = new Uint8Array([1, 2, 3]);
const ready = 2 * second;

async function metadata(client: KMS, KeyId: string) {
  return (await client.describeKey({ KeyId })).KeyMetadata!;
}

const state = async (client: KMS, KeyId: string) => (await metadata(client, KeyId)).KeyState;

interface Family extends World {
  KeyId: string;
  /** ARN of the replica. */
  replica: string;
}

/** A primary key in us-east-1 with a replica abroad, both ready. */
async function family(request: CreateKeyRequest = {}): Promise<Family> {
  const world = await stillWorld();
  const KeyId = await newKey(world.ada, { MultiRegion: true, ...request });
  await world.ada.replicateKey({ KeyId, ReplicaRegion: abroad });
  await world.pass(ready);
  return { ...world, KeyId, replica: inRegion(KeyId, abroad) };
}

describe('ReplicateKey', () => {
  test('makes a replica with a policy, tags and description of its own, and says so', async () => {
    const { cloud, ada, adaAbroad, pass } = await stillWorld();
    const KeyId = await newKey(ada, {
      MultiRegion: true,
      Description: 'the primary key',
      Tags: [{ TagKey: 'dept', TagValue: 'IT' }],
    });
    expect(idOf(KeyId)).toMatch(/^mrk-[0-9a-f]{32}$/);
    const replica = inRegion(KeyId, abroad);
    const made = await ada.replicateKey({ KeyId: idOf(KeyId), ReplicaRegion: abroad });
    const configuration = {
      PrimaryKey: { Arn: KeyId, Region: 'us-east-1' },
      ReplicaKeys: [{ Arn: replica, Region: abroad }],
    };
    expect(made.ReplicaKeyMetadata).toEqual({
      AWSAccountId: '111122223333',
      KeyId: idOf(KeyId),
      Arn: replica,
      CreationDate: new Date(start),
      Enabled: false,
      Description: '',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Creating',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: true,
      MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', ...configuration },
    });
    expect(JSON.parse(made.ReplicaPolicy!)).toEqual(defaultKeyPolicy('111122223333'));
    expect(made.ReplicaTags).toEqual([]);
    expect((await metadata(ada, KeyId)).MultiRegionConfiguration).toEqual({
      MultiRegionKeyType: 'PRIMARY',
      ...configuration,
    });

    expect(await refusal(adaAbroad.encrypt({ KeyId: replica, Plaintext }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `${replica} is creating.`,
    });
    await pass(ready - 1);
    expect(await state(adaAbroad, replica)).toBe('Creating');
    await pass(1);
    const there = await metadata(adaAbroad, replica);
    expect(there).toMatchObject({ KeyState: 'Enabled', Enabled: true });
    expect(there.CurrentKeyMaterialId).toBe((await metadata(ada, KeyId)).CurrentKeyMaterialId);

    expect(await events(cloud, 'ReplicateKey')).toMatchObject([
      {
        requestParameters: { keyId: idOf(KeyId), replicaRegion: abroad },
        responseElements: {
          replicaKeyMetadata: { arn: replica, keyState: 'Creating' },
          replicaPolicy: made.ReplicaPolicy,
        },
        resources: [{ ARN: KeyId }],
      },
    ]);
    expect(await events(cloud, 'CreateKey', abroad)).toMatchObject([
      {
        eventType: 'AwsApiCall',
        userIdentity: { type: 'IAMUser', userName: 'Ada', invokedBy: 'kms.amazonaws.com' },
        sourceIPAddress: 'kms.amazonaws.com',
        requestParameters: { multiRegion: true, keySpec: 'SYMMETRIC_DEFAULT' },
        resources: [{ ARN: replica }],
      },
    ]);
    for (const region of ['us-east-1', abroad]) {
      expect(await events(cloud, 'SynchronizeMultiRegionKey', region)).toMatchObject([
        {
          userIdentity: { invokedBy: 'AWS Internal' },
          resources: [{ ARN: KeyId }],
          serviceEventDetails: { keyId: idOf(KeyId) },
        },
      ]);
    }
  });

  test('takes a policy, a description and tags, held to the rules of CreateKey', async () => {
    const { cloud, ada, adaAbroad } = await stillWorld();
    const KeyId = await newKey(ada, { MultiRegion: true });
    const request = { KeyId, ReplicaRegion: abroad };
    const locked = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:DescribeKey', Resource: '*' },
      ],
    });
    const lockout = refusal(ada.replicateKey({ ...request, Policy: locked }));
    expect((await lockout).name).toBe('MalformedPolicyDocumentException');
    const twice = [
      { TagKey: 'a', TagValue: '1' },
      { TagKey: 'a', TagValue: '2' },
    ];
    expect(await refusal(ada.replicateKey({ ...request, Tags: twice }))).toEqual({
      name: 'TagException',
      message: 'Duplicate tag keys',
    });
    const Tags = [{ TagKey: 'dept', TagValue: 'IT' }];
    const made = await ada.replicateKey({
      ...request,
      Policy: locked,
      BypassPolicyLockoutSafetyCheck: true,
      Description: 'the replica',
      Tags,
    });
    expect(made).toMatchObject({ ReplicaPolicy: locked, ReplicaTags: Tags });
    expect((await metadata(adaAbroad, inRegion(KeyId, abroad))).Description).toBe('the replica');
    expect((await events(cloud, 'CreateKey', abroad))[0]!.requestParameters).toMatchObject({
      policy: locked,
      bypassPolicyLockoutSafetyCheck: true,
    });
  });

  test.each([
    ['us-east-1', 'AlreadyExistsException'],
    ['cn-north-1', 'ValidationException'],
    ['us-gov-west-1', 'ValidationException'],
    ['eu-nowhere-1', 'ValidationException'],
    ['Nowhere', 'ValidationException'],
  ])('refuses %s with %s', async (ReplicaRegion, name) => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { MultiRegion: true });
    expect((await refusal(ada.replicateKey({ KeyId, ReplicaRegion }))).name).toBe(name);
  });

  test('is for multi-Region primary keys', async () => {
    const { ada, adaAbroad, replica } = await family();
    const single = await newKey(ada);
    expect(
      await refusals([
        ada.replicateKey({ KeyId: single, ReplicaRegion: abroad }),
        adaAbroad.replicateKey({ KeyId: replica, ReplicaRegion: 'eu-west-2' }),
      ]),
    ).toEqual(
      [single, replica].map((arn) => ({
        name: 'UnsupportedOperationException',
        message: `${arn} is not a multi-region primary key.`,
      })),
    );
  });

  test('makes one replica a Region, and another when that is gone', async () => {
    const { ada, adaAbroad, pass, KeyId, replica } = await family();
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    const again = () => ada.replicateKey({ KeyId, ReplicaRegion: abroad });
    expect((await refusal(again())).name).toBe('AlreadyExistsException');
    await adaAbroad.scheduleKeyDeletion({ KeyId: replica, PendingWindowInDays: 7 });
    expect((await refusal(again())).name).toBe('AlreadyExistsException');
    await pass(7 * day);
    expect((await refusal(adaAbroad.decrypt({ CiphertextBlob: CiphertextBlob! }))).name).toBe(
      'AccessDeniedException',
    );
    await again();
    await pass(ready);
    expect((await adaAbroad.decrypt({ CiphertextBlob: CiphertextBlob! })).KeyId).toBe(replica);
  });

  test('needs kms:ReplicateKey on the primary key, and in the other Region kms:CreateKey and kms:TagResource', async () => {
    const may = (name: string, ...denied: { Action: string; region: string }[]) => ({
      type: 'User' as const,
      name,
      policies: [
        {
          name: 'Some',
          document: {
            Version: '2012-10-17' as const,
            Statement: [
              { Effect: 'Allow' as const, Action: 'kms:*', Resource: '*' },
              ...denied.map(({ Action, region }) => ({
                Effect: 'Deny' as const,
                Action,
                Resource: '*',
                Condition: { StringEquals: { 'aws:RequestedRegion': region } },
              })),
            ],
          },
        },
      ],
    });
    const [first, ...others] = twoAccounts.accounts;
    const { cloud } = await stillWorld({
      scenario: {
        ...twoAccounts,
        accounts: [
          {
            ...first!,
            principals: [
              ...first!.principals,
              may('NoReplica', { Action: 'kms:ReplicateKey', region: 'us-east-1' }),
              may('NoKey', { Action: 'kms:CreateKey', region: abroad }),
              may('NoTag', { Action: 'kms:TagResource', region: abroad }),
              may('NoKeyHere', { Action: 'kms:ReplicateKey', region: abroad }),
            ],
          },
          ...others,
        ],
      },
    });
    const KeyId = await newKey(kms(cloud), { MultiRegion: true });
    const request = { KeyId, ReplicaRegion: abroad };
    const Tags = [{ TagKey: 'dept', TagValue: 'IT' }];
    const [replica, key, tag] = await refusals([
      kms(cloud, 'NoReplica').replicateKey(request),
      kms(cloud, 'NoKey').replicateKey(request),
      kms(cloud, 'NoTag').replicateKey({ ...request, Tags }),
    ]);
    expect(replica!.message).toContain('kms:ReplicateKey');
    expect(key!.message).toContain('kms:CreateKey');
    expect(tag!.message).toContain('kms:TagResource');
    await kms(cloud, 'NoKeyHere').replicateKey(request);
  });

  test('can be held to certain Regions by the key policy', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, {
      MultiRegion: true,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:ReplicateKey',
            Resource: '*',
            Condition: { StringNotEquals: { 'kms:ReplicaRegion': abroad } },
          },
        ],
      }),
    });
    expect((await refusal(ada.replicateKey({ KeyId, ReplicaRegion: 'eu-west-2' }))).name).toBe(
      'AccessDeniedException',
    );
    await ada.replicateKey({ KeyId, ReplicaRegion: abroad });
  });

  test('counts as a key in the quota of the other Region', async () => {
    const { ada, adaAbroad } = await stillWorld({
      scenario: { ...twoAccounts, quotas: { resources: { keys: 1 } } },
    });
    const KeyId = await newKey(ada, { MultiRegion: true });
    await newKey(adaAbroad);
    const request = ada.replicateKey({ KeyId, ReplicaRegion: abroad });
    expect((await refusal(request)).name).toBe('LimitExceededException');
  });
});

describe('related keys', () => {
  test('decrypt what any of them has encrypted, each in its own Region', async () => {
    const { ada, adaAbroad, KeyId, replica } = await family();
    const here = await ada.encrypt({ KeyId, Plaintext, EncryptionContext: { a: 'b' } });
    const opened = await adaAbroad.decrypt({
      CiphertextBlob: here.CiphertextBlob!,
      EncryptionContext: { a: 'b' },
    });
    expect(opened).toMatchObject({ KeyId: replica, Plaintext });
    const there = await adaAbroad.encrypt({ KeyId: replica, Plaintext });
    expect(await ada.decrypt({ CiphertextBlob: there.CiphertextBlob! })).toMatchObject({ KeyId, Plaintext });
    expect(await refusal(adaAbroad.encrypt({ KeyId, Plaintext }))).toEqual({
      name: 'NotFoundException',
      message: 'Invalid arn us-east-1',
    });
  });

  test.each([
    ['ECC_NIST_P256', 'SIGN_VERIFY'],
    ['RSA_2048', 'SIGN_VERIFY'],
  ] as const)('sign alike with %s', async (KeySpec, KeyUsage) => {
    const { ada, adaAbroad, KeyId, replica } = await family({ KeySpec, KeyUsage });
    const SigningAlgorithm = KeySpec === 'RSA_2048' ? 'RSASSA_PSS_SHA_256' : 'ECDSA_SHA_256';
    const { PublicKey } = await ada.getPublicKey({ KeyId });
    expect((await adaAbroad.getPublicKey({ KeyId: replica })).PublicKey).toEqual(PublicKey);
    const { Signature } = await adaAbroad.sign({ KeyId: replica, Message: Plaintext, SigningAlgorithm });
    const verified = await ada.verify({
      KeyId,
      Message: Plaintext,
      Signature: Signature!,
      SigningAlgorithm,
    });
    expect(verified.SignatureValid).toBe(true);
  });

  test('make the same MACs', async () => {
    const about = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;
    const { ada, adaAbroad, KeyId, replica } = await family(about);
    const request = { Message: Plaintext, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await ada.generateMac({ KeyId, ...request });
    expect((await adaAbroad.generateMac({ KeyId: replica, ...request })).Mac).toEqual(Mac);
  });

  test('are disabled, aliased, tagged and described each for itself', async () => {
    const { ada, adaAbroad, KeyId, replica } = await family();
    await ada.disableKey({ KeyId });
    await ada.createAlias({ AliasName: 'alias/here', TargetKeyId: KeyId });
    await ada.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    await ada.updateKeyDescription({ KeyId, Description: 'here' });
    expect(await metadata(adaAbroad, replica)).toMatchObject({ KeyState: 'Enabled', Description: '' });
    expect((await adaAbroad.listAliases({ KeyId: replica })).Aliases).toEqual([]);
    expect((await adaAbroad.listResourceTags({ KeyId: replica })).Tags).toEqual([]);
    await adaAbroad.encrypt({ KeyId: replica, Plaintext });
  });

  test('are rotated together, the primary key deciding', async () => {
    const { cloud, ada, adaAbroad, pass, KeyId, replica } = await family();
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    const notPrimary = {
      name: 'UnsupportedOperationException',
      message: `${replica} is not a multi-region primary key.`,
    };
    expect(
      await refusals([
        adaAbroad.enableKeyRotation({ KeyId: replica }),
        adaAbroad.disableKeyRotation({ KeyId: replica }),
        adaAbroad.rotateKeyOnDemand({ KeyId: replica }),
      ]),
    ).toEqual(Array(3).fill(notPrimary));
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    expect(await adaAbroad.getKeyRotationStatus({ KeyId: replica })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
      NextRotationDate: new Date(start + ready + 90 * day),
    });
    await adaAbroad.disableKey({ KeyId: replica });
    await pass(90 * day);
    await adaAbroad.enableKey({ KeyId: replica });
    const { CurrentKeyMaterialId } = await metadata(ada, KeyId);
    expect((await metadata(adaAbroad, replica)).CurrentKeyMaterialId).toBe(CurrentKeyMaterialId);
    const { Rotations } = await adaAbroad.listKeyRotations({ KeyId: replica });
    expect(Rotations).toMatchObject([
      { KeyId: replica, KeyMaterialId: CurrentKeyMaterialId, RotationType: 'AUTOMATIC' },
    ]);
    const fresh = await adaAbroad.encrypt({ KeyId: replica, Plaintext });
    const opened = await ada.decrypt({ CiphertextBlob: fresh.CiphertextBlob! });
    expect(opened.KeyMaterialId).toBe(CurrentKeyMaterialId);
    expect((await adaAbroad.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
    // One for the making of the replica, one for the rotation.
    expect(await events(cloud, 'SynchronizeMultiRegionKey', abroad)).toHaveLength(2);

    await ada.rotateKeyOnDemand({ KeyId });
    await pass(second);
    expect((await adaAbroad.listKeyRotations({ KeyId: replica })).Rotations).toHaveLength(2);
    await ada.replicateKey({ KeyId, ReplicaRegion: 'eu-west-2' });
    await pass(ready);
    const late = kms(cloud, 'Ada', { region: 'eu-west-2' });
    expect((await late.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
    expect((await late.listKeyRotations({ KeyId: idOf(KeyId) })).Rotations).toHaveLength(2);
  });
});

describe('related keys with imported material', () => {
  const first = randomBytes(32);
  const next = randomBytes(32);
  const asNew = { ImportType: 'NEW_KEY_MATERIAL' } as const;
  const asExisting = { ImportType: 'EXISTING_KEY_MATERIAL' } as const;

  async function imported(): Promise<Family> {
    const world = await stillWorld();
    const KeyId = await newKey(world.ada, { MultiRegion: true, Origin: 'EXTERNAL' });
    await importInto(world.ada, KeyId, first);
    await world.ada.replicateKey({ KeyId, ReplicaRegion: abroad });
    await world.pass(ready);
    return { ...world, KeyId, replica: inRegion(KeyId, abroad) };
  }

  const waiting = async (client: KMS, KeyId: string) => {
    const request = { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' } as const;
    return (await client.listKeyRotations(request)).Rotations!.find(
      ({ KeyMaterialState }) => !KeyMaterialState!.endsWith('CURRENT'),
    );
  };

  test('get it imported each for itself', async () => {
    const { ada, adaAbroad, KeyId, replica } = await imported();
    expect(await state(adaAbroad, replica)).toBe('PendingImport');
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    const other = refusal(importInto(adaAbroad, replica, next));
    expect((await other).name).toBe('IncorrectKeyMaterialException');
    const ValidTo = new Date(start + 10 * day);
    await importInto(adaAbroad, replica, first, { ValidTo });
    expect(await metadata(adaAbroad, replica)).toMatchObject({ KeyState: 'Enabled', ValidTo });
    expect((await metadata(ada, KeyId)).ValidTo).toBeUndefined();
    expect((await adaAbroad.decrypt({ CiphertextBlob: CiphertextBlob! })).KeyId).toBe(replica);
    await adaAbroad.deleteImportedKeyMaterial({ KeyId: replica });
    expect(await state(adaAbroad, replica)).toBe('PendingImport');
    expect(await state(ada, KeyId)).toBe('Enabled');
  });

  test('cannot be replicated before the first import', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { MultiRegion: true, Origin: 'EXTERNAL' });
    expect(await refusal(ada.replicateKey({ KeyId, ReplicaRegion: abroad }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `${KeyId} is pending import.`,
    });
  });

  test('are rotated when all have the new material', async () => {
    const { ada, adaAbroad, pass, KeyId, replica } = await imported();
    await importInto(adaAbroad, replica, first);
    const refused = await refusal(importInto(adaAbroad, replica, next, asNew));
    expect(refused.name).toBe('UnsupportedOperationException');
    const { KeyMaterialId } = await importInto(ada, KeyId, next, asNew);
    expect(await waiting(ada, KeyId)).toMatchObject({
      KeyMaterialId,
      KeyMaterialState: 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION',
    });
    expect(await waiting(adaAbroad, replica)).toMatchObject({ KeyMaterialId, ImportState: 'PENDING_IMPORT' });
    expect(await state(adaAbroad, replica)).toBe('Enabled');
    expect(await refusal(ada.rotateKeyOnDemand({ KeyId }))).toEqual({
      name: 'KMSInvalidStateException',
      message: `No available key material pending rotation for the key: ${KeyId}.`,
    });
    await importInto(adaAbroad, replica, next, asExisting);
    for (const [client, arn] of [
      [ada, KeyId],
      [adaAbroad, replica],
    ] as const) {
      expect((await waiting(client, arn))!.KeyMaterialState).toBe('PENDING_ROTATION');
    }
    await ada.rotateKeyOnDemand({ KeyId });
    await pass(second);
    expect((await metadata(adaAbroad, replica)).CurrentKeyMaterialId).toBe(KeyMaterialId);
    const { CiphertextBlob } = await adaAbroad.encrypt({ KeyId: replica, Plaintext });
    expect((await ada.decrypt({ CiphertextBlob: CiphertextBlob! })).KeyMaterialId).toBe(KeyMaterialId);
  });

  test('lose new material together when the primary key does, and alone otherwise', async () => {
    const { ada, adaAbroad, KeyId, replica } = await imported();
    await importInto(adaAbroad, replica, first);
    const { KeyMaterialId } = await importInto(ada, KeyId, next, asNew);
    await importInto(adaAbroad, replica, next, asExisting);
    await adaAbroad.deleteImportedKeyMaterial({ KeyId: replica, KeyMaterialId: KeyMaterialId! });
    expect(await waiting(ada, KeyId)).toMatchObject({
      ImportState: 'IMPORTED',
      KeyMaterialState: 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION',
    });
    expect(await state(adaAbroad, replica)).toBe('Enabled');
    await importInto(adaAbroad, replica, next);
    await ada.deleteImportedKeyMaterial({ KeyId, KeyMaterialId: KeyMaterialId! });
    expect(await waiting(ada, KeyId)).toBeUndefined();
    expect(await waiting(adaAbroad, replica)).toBeUndefined();
    expect(await state(adaAbroad, replica)).toBe('Enabled');
  });

  test('wait for a new primary key that has not got it yet', async () => {
    const { ada, adaAbroad, pass, KeyId, replica } = await imported();
    await importInto(adaAbroad, replica, first);
    await importInto(ada, KeyId, next, asNew);
    await ada.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad });
    await pass(ready);
    const request = () => adaAbroad.rotateKeyOnDemand({ KeyId: replica });
    expect((await refusal(request())).message).toContain('No available key material pending rotation');
    await importInto(adaAbroad, replica, next, asExisting);
    await request();
    await pass(second);
    const { CiphertextBlob } = await adaAbroad.encrypt({ KeyId: replica, Plaintext });
    expect((await ada.decrypt({ CiphertextBlob: CiphertextBlob! })).Plaintext).toEqual(Plaintext);
  });

  test('wait no more for a replica that is gone', async () => {
    const { ada, adaAbroad, pass, KeyId, replica } = await imported();
    await importInto(ada, KeyId, next, asNew);
    await adaAbroad.scheduleKeyDeletion({ KeyId: replica, PendingWindowInDays: 7 });
    await pass(7 * day);
    expect((await waiting(ada, KeyId))!.KeyMaterialState).toBe('PENDING_ROTATION');
    await ada.rotateKeyOnDemand({ KeyId });
  });
});

describe('UpdatePrimaryRegion', () => {
  test('exchanges the roles, with both keys usable all the while', async () => {
    const { cloud, ada, adaAbroad, pass, KeyId, replica } = await family();
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await ada.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad });
    for (const [client, arn] of [
      [ada, KeyId],
      [adaAbroad, replica],
    ] as const) {
      expect(await state(client, arn)).toBe('Updating');
      await client.encrypt({ KeyId: arn, Plaintext });
      expect(await refusal(client.disableKey({ KeyId: arn }))).toEqual({
        name: 'KMSInvalidStateException',
        message: `${arn} is updating.`,
      });
    }
    await pass(ready);
    const configuration = {
      PrimaryKey: { Arn: replica, Region: abroad },
      ReplicaKeys: [{ Arn: KeyId, Region: 'us-east-1' }],
    };
    expect(await metadata(adaAbroad, replica)).toMatchObject({
      KeyState: 'Enabled',
      MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', ...configuration },
    });
    expect(await metadata(ada, KeyId)).toMatchObject({
      KeyState: 'Enabled',
      MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', ...configuration },
    });
    const made = (await adaAbroad.getKeyRotationStatus({ KeyId: replica })).NextRotationDate;
    expect(made).toEqual(new Date(start + ready + 90 * day));
    const [here, there] = [
      await events(cloud, 'UpdatePrimaryRegion'),
      await events(cloud, 'UpdatePrimaryRegion', abroad),
    ];
    expect(here).toMatchObject([
      { requestParameters: { keyId: KeyId, primaryRegion: abroad }, resources: [{ ARN: KeyId }] },
    ]);
    expect(there).toMatchObject([
      { userIdentity: { userName: 'Ada', invokedBy: 'kms.amazonaws.com' }, resources: [{ ARN: replica }] },
    ]);

    await pass(90 * day);
    expect((await ada.listKeyRotations({ KeyId })).Rotations).toHaveLength(1);
    expect(await events(cloud, 'RotateKey')).toEqual([]);
    expect(await events(cloud, 'RotateKey', abroad)).toHaveLength(1);
    await adaAbroad.replicateKey({ KeyId: replica, ReplicaRegion: 'eu-west-2' });
    await adaAbroad.rotateKeyOnDemand({ KeyId: replica });
    await pass(second);
    expect((await ada.listKeyRotations({ KeyId })).Rotations).toHaveLength(2);
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    expect(await state(ada, KeyId)).toBe('PendingDeletion');
  });

  test('finishes a rotation on demand that was under way', async () => {
    const { ada, adaAbroad, pass, KeyId, replica } = await family();
    await ada.rotateKeyOnDemand({ KeyId });
    await ada.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad });
    await pass(ready);
    for (const [client, arn] of [
      [ada, KeyId],
      [adaAbroad, replica],
    ] as const) {
      expect((await client.listKeyRotations({ KeyId: arn })).Rotations).toHaveLength(1);
    }
  });

  test('is for primary keys, and Regions that have a replica', async () => {
    const { ada, adaAbroad, KeyId, replica } = await family();
    const single = await newKey(ada);
    const request = (client: KMS, arn: string, PrimaryRegion: string) =>
      refusal(client.updatePrimaryRegion({ KeyId: arn, PrimaryRegion }));
    const notPrimary = (arn: string) => ({
      name: 'UnsupportedOperationException',
      message: `${arn} is not a multi-region primary key.`,
    });
    expect(await request(ada, single, abroad)).toEqual(notPrimary(single));
    expect(await request(adaAbroad, replica, abroad)).toEqual(notPrimary(replica));
    expect(await request(ada, KeyId, 'eu-west-2')).toEqual({
      name: 'NotFoundException',
      message: `Key '${inRegion(KeyId, 'eu-west-2')}' does not exist`,
    });
    expect((await request(ada, KeyId, 'us-east-1')).name).toBe('ValidationException');
  });

  test('needs to be allowed on both keys, and both enabled', async () => {
    const { ada, adaAbroad, KeyId, replica } = await family();
    const policy = (effect: 'Allow' | 'Deny') => ({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
        {
          Effect: effect,
          Principal: { AWS: '111122223333' },
          Action: 'kms:UpdatePrimaryRegion',
          Resource: '*',
          Condition: { StringEquals: { 'kms:PrimaryRegion': abroad } },
        },
      ],
    });
    const request = () => ada.updatePrimaryRegion({ KeyId, PrimaryRegion: abroad });
    await adaAbroad.putKeyPolicy({ KeyId: replica, Policy: JSON.stringify(policy('Deny')) });
    const { name, message } = await refusal(request());
    expect(name).toBe('AccessDeniedException');
    expect(message).toContain(`kms:UpdatePrimaryRegion on resource: ${replica}`);
    await adaAbroad.putKeyPolicy({ KeyId: replica, Policy: JSON.stringify(policy('Allow')) });
    await adaAbroad.disableKey({ KeyId: replica });
    expect(await refusal(request())).toEqual({
      name: 'DisabledException',
      message: `${replica} is disabled.`,
    });
    await adaAbroad.enableKey({ KeyId: replica });
    await request();
  });
});
