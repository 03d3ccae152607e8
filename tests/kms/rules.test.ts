import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import type { CreateKeyRequest, KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { identity, kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** Rules of KMS that no single request shows. */

async function newKey(client: KMS, request: CreateKeyRequest = {}): Promise<string> {
  const { KeyMetadata } = await client.createKey(request);
  return KeyMetadata!.Arn!;
}

async function refusal(request: Promise<unknown>): Promise<{ name: string; message: string }> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('The request was not refused.');
  return { name: error.name, message: error.message };
}

describe('ReEncrypt between kinds of key', () => {
  test('moves a short plaintext from a symmetric to an RSA key and back', async () => {
    const ada = kms(await openTestCloud());
    const symmetric = await newKey(ada);
    const rsa = await newKey(ada, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const first = await ada.encrypt({ KeyId: symmetric, Plaintext: new Uint8Array([1, 2, 3]) });
    const there = await ada.reEncrypt({
      CiphertextBlob: first.CiphertextBlob!,
      DestinationKeyId: rsa,
      DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    });
    expect(there.CiphertextBlob).toHaveLength(256);
    expect(there.DestinationKeyMaterialId).toBeUndefined();
    const back = await ada.reEncrypt({
      CiphertextBlob: there.CiphertextBlob!,
      SourceKeyId: rsa,
      SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      DestinationKeyId: symmetric,
      DestinationEncryptionContext: { new: 'context' },
    });
    const opened = await ada.decrypt({
      CiphertextBlob: back.CiphertextBlob!,
      EncryptionContext: { new: 'context' },
    });
    expect(opened.Plaintext).toEqual(new Uint8Array([1, 2, 3]));
  });

  test('refuses what is too long for the destination, in the words of Encrypt', async () => {
    const ada = kms(await openTestCloud());
    const symmetric = await newKey(ada);
    const rsa = await newKey(ada, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const { CiphertextBlob } = await ada.encrypt({ KeyId: symmetric, Plaintext: new Uint8Array(191) });
    const request = ada.reEncrypt({
      CiphertextBlob: CiphertextBlob!,
      DestinationKeyId: rsa,
      DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    });
    expect(await refusal(request)).toEqual({
      name: 'ValidationException',
      message:
        'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
    });
  });

  test('refuses the empty plaintext that only somebody outside can have encrypted', async () => {
    const ada = kms(await openTestCloud());
    const symmetric = await newKey(ada);
    const rsa = await newKey(ada, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const { PublicKey } = await ada.getPublicKey({ KeyId: rsa });
    const key = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const CiphertextBlob = publicEncrypt({ key, oaepHash: 'sha256', padding }, Buffer.alloc(0));
    const request = ada.reEncrypt({
      CiphertextBlob,
      SourceKeyId: rsa,
      SourceEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      DestinationKeyId: symmetric,
    });
    expect((await refusal(request)).name).toBe('ValidationException');
  });
});

describe('key policies given to CreateKey', () => {
  const statement = (action: string, arn: string) => ({
    Effect: 'Allow',
    Principal: { AWS: arn },
    Action: action,
    Resource: '*',
  });

  test('are enforced: who is named may, and the account’s administrator may not', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const policy = {
      Version: '2012-10-17',
      Statement: [
        statement('kms:PutKeyPolicy', identity(cloud, 'Ada').arn),
        statement('kms:Encrypt', identity(cloud, 'Mallory').arn),
      ],
    };
    const KeyId = await newKey(ada, { Policy: JSON.stringify(policy) });
    const Plaintext = new Uint8Array([1]);
    const sealed = await kms(cloud, 'Mallory').encrypt({ KeyId, Plaintext });
    expect(sealed.KeyId).toBe(KeyId);
    expect(await refusal(ada.encrypt({ KeyId, Plaintext }))).toEqual({
      name: 'AccessDeniedException',
      message: `User: ${identity(cloud, 'Ada').arn} is not authorized to perform: kms:Encrypt on resource: ${KeyId} because no resource-based policy allows the kms:Encrypt action`,
    });
  });

  test('that would lock the caller out need BypassPolicyLockoutSafetyCheck', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [statement('kms:*', identity(cloud, 'Mallory').arn)],
    });
    expect(await refusal(ada.createKey({ Policy }))).toEqual({
      name: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    expect((await ada.listKeys({})).Keys).toEqual([]);
    expect(await newKey(ada, { Policy, BypassPolicyLockoutSafetyCheck: true })).toContain(':key/');
  });
});

describe('many at once', () => {
  test('of ten CreateAlias for one name, one succeeds and nothing is half-written', async () => {
    const ada = kms(await openTestCloud());
    const TargetKeyId = await newKey(ada);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => ada.createAlias({ AliasName: 'alias/one', TargetKeyId })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status !== 'rejected') continue;
      expect((outcome.reason as Error).name).toBe('AlreadyExistsException');
    }
    expect((await ada.listAliases({ KeyId: TargetKeyId })).Aliases).toHaveLength(1);
  });

  test('twenty keys made at once are twenty keys', async () => {
    const ada = kms(await openTestCloud());
    const arns = await Promise.all(Array.from({ length: 20 }, () => newKey(ada)));
    expect(new Set(arns).size).toBe(20);
    expect((await ada.listKeys({})).Keys).toHaveLength(20);
  });
});

test('a key holds 50 aliases and no more', async () => {
  const ada = kms(await openTestCloud());
  const TargetKeyId = await newKey(ada);
  for (let i = 0; i < 50; i++) await ada.createAlias({ AliasName: `alias/${i}`, TargetKeyId });
  const request = ada.createAlias({ AliasName: 'alias/50', TargetKeyId });
  expect((await refusal(request)).name).toBe('LimitExceededException');
});

test('DryRun checks everything and changes nothing', async () => {
  const cloud = await openTestCloud();
  const ada = kms(cloud);
  const KeyId = await newKey(ada);
  const Plaintext = new Uint8Array([1]);
  const allowed = ada.encrypt({ KeyId, Plaintext, DryRun: true });
  expect((await refusal(allowed)).name).toBe('DryRunOperationException');
  const denied = kms(cloud, 'Mallory').encrypt({ KeyId, Plaintext, DryRun: true });
  expect((await refusal(denied)).name).toBe('AccessDeniedException');
  const ignoring = ada.decrypt({ KeyId, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT'] });
  expect((await refusal(ignoring)).name).toBe('DryRunOperationException');
});

test('tags are held against AWS’s rules', async () => {
  const ada = kms(await openTestCloud());
  const tagged = (...names: string[]) =>
    refusal(ada.createKey({ Tags: names.map((TagKey) => ({ TagKey, TagValue: '' })) }));
  expect(await tagged('a', 'a')).toEqual({ name: 'TagException', message: 'Duplicate tag keys' });
  expect(await tagged('AWS:x')).toEqual({
    name: 'TagException',
    message: 'Tags beginning with aws: are reserved',
  });
  expect(await tagged(...Array.from({ length: 51 }, (_, i) => `t${i}`))).toEqual({
    name: 'TagException',
    message: 'Too many tags',
  });
});

test('a key of another Region is not found, by ARN or by id', async () => {
  const cloud = await openTestCloud();
  const arn = await newKey(kms(cloud));
  const frankfurt = kms(cloud, 'Ada', { region: 'eu-central-1' });
  expect(await refusal(frankfurt.describeKey({ KeyId: arn }))).toEqual({
    name: 'NotFoundException',
    message: 'Invalid arn us-east-1',
  });
  expect((await refusal(frankfurt.describeKey({ KeyId: arn.split('/')[1]! }))).name).toBe(
    'NotFoundException',
  );
  expect((await frankfurt.listKeys({})).Keys).toEqual([]);
});

test('a Deny on the algorithm holds for ReEncrypt as it does for Encrypt', async () => {
  const cloud = await openTestCloud();
  const ada = kms(cloud);
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: identity(cloud, 'root').arn }, Action: 'kms:*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 'kms:ReEncrypt*',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_1' } },
      },
    ],
  });
  const rsa = await newKey(ada, { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT', Policy });
  const { CiphertextBlob } = await ada.encrypt({ KeyId: await newKey(ada), Plaintext: new Uint8Array([1]) });
  const move = (DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_1' | 'RSAES_OAEP_SHA_256') =>
    ada.reEncrypt({ CiphertextBlob, DestinationKeyId: rsa, DestinationEncryptionAlgorithm });
  expect((await refusal(move('RSAES_OAEP_SHA_1'))).name).toBe('AccessDeniedException');
  expect((await move('RSAES_OAEP_SHA_256')).KeyId).toBe(rsa);
});

test('a reset forgets also what was under way when it began', async () => {
  const cloud = await openTestCloud();
  const making = Array.from({ length: 4 }, () => newKey(kms(cloud)));
  await Promise.all([cloud.reset(), ...making.map((key) => key.catch(() => undefined))]);
  expect((await kms(cloud).listKeys({})).Keys).toEqual([]);
});
