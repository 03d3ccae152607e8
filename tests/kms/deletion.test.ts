import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import { abroad, day, events, idOf, inRegion, second, start, stillWorld } from './life.ts';
import { newKey, refusal } from './support.ts';

/** Deletion: KMS Developer Guide, "Delete an AWS KMS key". */

const Plaintext = new Uint8Array([1, 2, 3]);

describe('the waiting period', () => {
  test('is 30 days unless told, and tells its end', async () => {
    const { cloud, ada } = await stillWorld();
    const KeyId = await newKey(ada);
    const { $metadata: _, ...scheduled } = await ada.scheduleKeyDeletion({ KeyId: idOf(KeyId) });
    const DeletionDate = new Date(start + 30 * day);
    expect(scheduled).toEqual({ KeyId, DeletionDate, KeyState: 'PendingDeletion', PendingWindowInDays: 30 });
    expect((await ada.describeKey({ KeyId })).KeyMetadata).toMatchObject({
      DeletionDate,
      KeyState: 'PendingDeletion',
      Enabled: false,
    });
    expect(await events(cloud, 'ScheduleKeyDeletion')).toMatchObject([
      {
        requestParameters: { keyId: idOf(KeyId) },
        responseElements: {
          keyId: KeyId,
          keyState: 'PendingDeletion',
          deletionDate: 'Jan 31, 2027, 12:00:00 AM',
        },
      },
    ]);
  });

  test.each([6, 31])('is not of %i days', async (PendingWindowInDays) => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada);
    const { name } = await refusal(ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays }));
    expect(name).toBe('ValidationException');
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('Enabled');
  });

  test('can be held to a least length by a policy, which sees it only where it is given', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 'kms:ScheduleKeyDeletion',
            Resource: '*',
            Condition: { NumericLessThan: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '14' } },
          },
        ],
      }),
    });
    const tooShort = ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 13 });
    expect((await refusal(tooShort)).name).toBe('AccessDeniedException');
    await ada.scheduleKeyDeletion({ KeyId });
  });

  test('can be cancelled, and leaves the key disabled', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await pass(7 * day - 1);
    expect((await ada.cancelKeyDeletion({ KeyId: idOf(KeyId) })).KeyId).toBe(KeyId);
    const { KeyMetadata } = await ada.describeKey({ KeyId });
    expect(KeyMetadata).toMatchObject({ KeyState: 'Disabled', Enabled: false });
    expect(KeyMetadata!.DeletionDate).toBeUndefined();
    await pass(100 * day);
    await ada.enableKey({ KeyId });
    await ada.encrypt({ KeyId, Plaintext });
  });

  test('begins anew when it was cancelled', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await pass(day);
    await ada.cancelKeyDeletion({ KeyId });
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await pass(6 * day);
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('PendingDeletion');
    await pass(day);
    expect((await refusal(ada.describeKey({ KeyId }))).name).toBe('NotFoundException');
  });

  test('ends as it began for a key that waits for its material', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { Origin: 'EXTERNAL' });
    await ada.scheduleKeyDeletion({ KeyId });
    await ada.cancelKeyDeletion({ KeyId });
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('PendingImport');
  });
});

describe('the end of a key', () => {
  test('takes everything with it: key, aliases, grants, tags, last use', async () => {
    const { cloud, ada, pass } = await stillWorld();
    const KeyId = await newKey(ada, { Tags: [{ TagKey: 'dept', TagValue: 'IT' }] });
    const kept = await newKey(ada);
    await ada.createAlias({ AliasName: 'alias/doomed', TargetKeyId: KeyId });
    await ada.createAlias({ AliasName: 'alias/kept', TargetKeyId: kept });
    const GranteePrincipal = 'arn:aws:iam::111122223333:user/Gus';
    const RetiringPrincipal = 'arn:aws:iam::111122223333:user/Ron';
    const grant = { GranteePrincipal, RetiringPrincipal, Operations: ['Encrypt' as const] };
    await ada.createGrant({ ...grant, KeyId });
    const { GrantId } = await ada.createGrant({ ...grant, KeyId: kept });
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext });
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await pass(7 * day);

    expect(await refusal(ada.describeKey({ KeyId }))).toEqual({
      name: 'NotFoundException',
      message: `Key '${KeyId}' does not exist`,
    });
    expect((await ada.listKeys({})).Keys!.map(({ KeyArn }) => KeyArn)).toEqual([kept]);
    const { Aliases } = await ada.listAliases({});
    expect(Aliases!.map(({ AliasName }) => AliasName)).not.toContain('alias/doomed');
    expect(Aliases!.map(({ AliasName }) => AliasName)).toContain('alias/kept');
    const { Grants } = await ada.listRetirableGrants({ RetiringPrincipal });
    expect(Grants!.map((left) => left.GrantId)).toEqual([GrantId]);
    expect(await refusal(ada.decrypt({ CiphertextBlob: CiphertextBlob! }))).toEqual({
      name: 'AccessDeniedException',
      message:
        'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    });
    expect(await events(cloud, 'DeleteKey')).toMatchObject([
      {
        eventType: 'AwsServiceEvent',
        eventTime: '2027-01-08T00:00:00Z',
        userIdentity: { accountId: '111122223333', invokedBy: 'AWS Internal' },
        resources: [{ ARN: KeyId }],
      },
    ]);
    // The alias is free again, and nothing is left that the passing of time would stumble over.
    await ada.createAlias({ AliasName: 'alias/doomed', TargetKeyId: kept });
    await pass(365 * day);
  });

  test('leaves no sealed key: in no zone, and in no image of the journal', async () => {
    const adapter = memoryAdapter();
    const { cloud, ada, pass } = await stillWorld({ adapter });
    const KeyId = await newKey(ada);
    const kept = await newKey(ada);
    await ada.rotateKeyOnDemand({ KeyId });
    await pass(second);
    await ada.encrypt({ KeyId, Plaintext });
    const sealed = async (arn: string) => {
      const stored = [...(await adapter.load()).records, ...(await adapter.journal(0))];
      return stored.filter((one) => JSON.stringify(one).includes(`"keyArn":"${arn}"`)).length;
    };
    expect(await sealed(KeyId)).toBeGreaterThanOrEqual(2 * 3 + 2);
    const others = await sealed(kept);
    await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await pass(7 * day);
    await cloud.flush();
    expect(await sealed(KeyId)).toBe(0);
    // The domain key was rotated meanwhile, so there may be more.
    expect(await sealed(kept)).toBeGreaterThanOrEqual(others);
  });

  test('comes though the cloud was closed meanwhile', async () => {
    const machine = { clock: systemClock, randomness: systemRandomness };
    const hsm = await openHsm({ store: memoryHsmStore(), ...machine, seed: 'life' });
    const adapter = memoryAdapter();
    const first = await stillWorld({ adapter, hsm });
    const KeyId = await newKey(first.ada);
    const kept = await newKey(first.ada);
    await first.ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    await first.cloud.close();
    const { cloud, ada, pass } = await stillWorld({ adapter, hsm });
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('PendingDeletion');
    await pass(400 * day);
    expect((await cloud.view()).keys).toBe(1);
    expect((await refusal(ada.cancelKeyDeletion({ KeyId }))).name).toBe('NotFoundException');
    await ada.encrypt({ KeyId: kept, Plaintext });
  });
});

describe('a multi-Region primary key', () => {
  test('waits for its replicas, and its waiting period begins when the last is gone', async () => {
    const { cloud, ada, adaAbroad, pass } = await stillWorld();
    const KeyId = await newKey(ada, { MultiRegion: true });
    await ada.replicateKey({ KeyId, ReplicaRegion: abroad });
    const { $metadata: _, ...scheduled } = await ada.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 10 });
    expect(scheduled).toEqual({ KeyId, KeyState: 'PendingReplicaDeletion', PendingWindowInDays: 10 });
    const waiting = (await ada.describeKey({ KeyId })).KeyMetadata!;
    expect(waiting).toMatchObject({ KeyState: 'PendingReplicaDeletion', PendingDeletionWindowInDays: 10 });
    expect(waiting.DeletionDate).toBeUndefined();
    expect((await events(cloud, 'ScheduleKeyDeletion'))[0]!.responseElements).toEqual({
      keyId: KeyId,
      keyState: 'PendingReplicaDeletion',
      pendingWindowInDays: 10,
    });
    await pass(100 * day);
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('PendingReplicaDeletion');

    await adaAbroad.scheduleKeyDeletion({ KeyId: inRegion(KeyId, abroad), PendingWindowInDays: 7 });
    await pass(7 * day);
    const { KeyMetadata } = await ada.describeKey({ KeyId });
    expect(KeyMetadata).toMatchObject({
      KeyState: 'PendingDeletion',
      DeletionDate: new Date(start + (100 + 7 + 10) * day),
      MultiRegionConfiguration: { ReplicaKeys: [] },
    });
    expect((await events(cloud, 'DeleteKey', abroad)).map(({ awsRegion }) => awsRegion)).toEqual([abroad]);
    await pass(10 * day);
    expect((await refusal(ada.describeKey({ KeyId }))).name).toBe('NotFoundException');
  });

  test('can be kept after all', async () => {
    const { ada, adaAbroad, pass } = await stillWorld();
    const KeyId = await newKey(ada, { MultiRegion: true });
    await ada.replicateKey({ KeyId, ReplicaRegion: abroad });
    await ada.scheduleKeyDeletion({ KeyId });
    await ada.cancelKeyDeletion({ KeyId });
    const { KeyMetadata } = await ada.describeKey({ KeyId });
    expect(KeyMetadata!.KeyState).toBe('Disabled');
    expect(KeyMetadata!.PendingDeletionWindowInDays).toBeUndefined();
    await adaAbroad.scheduleKeyDeletion({ KeyId: inRegion(KeyId, abroad), PendingWindowInDays: 7 });
    await pass(100 * day);
    expect((await ada.describeKey({ KeyId })).KeyMetadata!.KeyState).toBe('Disabled');
  });
});
