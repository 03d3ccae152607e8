import type { KMS } from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import type { Rooms } from '../../src/engine/kms/operation.ts';
import { awsResourceQuotas } from '../../src/engine/kms/quotas/resource-quotas.ts';
import { rotateWhenDue } from '../../src/engine/kms/rotation/automatic.ts';
import type { Work } from '../../src/engine/service/service.ts';
import { kms } from '../support/clients.ts';
import { day, events, idOf, refusals, second, start, stillWorld } from './life.ts';
import { newKey, refusal } from './support.ts';

/** Rotation: KMS Developer Guide, "Rotate AWS KMS keys". */

const Plaintext = new Uint8Array([1, 2, 3]);

async function blob(client: KMS, KeyId: string): Promise<Uint8Array> {
  return (await client.encrypt({ KeyId, Plaintext })).CiphertextBlob!;
}

async function currentMaterial(client: KMS, KeyId: string): Promise<string> {
  return (await client.describeKey({ KeyId })).KeyMetadata!.CurrentKeyMaterialId!;
}

const dates = async (client: KMS, KeyId: string) =>
  (await client.listKeyRotations({ KeyId })).Rotations!.map(({ RotationDate }) => RotationDate!.getTime());

describe('automatic rotation', () => {
  test('is off at first, and can be turned on and off', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada);
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: false, KeyId });
    await ada.enableKeyRotation({ KeyId });
    const { $metadata: _, ...on } = await ada.getKeyRotationStatus({ KeyId: idOf(KeyId) });
    expect(on).toEqual({
      KeyRotationEnabled: true,
      KeyId,
      RotationPeriodInDays: 365,
      NextRotationDate: new Date(start + 365 * day),
    });
    await ada.disableKeyRotation({ KeyId });
    const { $metadata: __, ...off } = await ada.getKeyRotationStatus({ KeyId });
    expect(off).toEqual({ KeyRotationEnabled: false, KeyId });
  });

  test('comes when it is due and not before, as often as time has passed', async () => {
    const { cloud, ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    const first = await currentMaterial(ada, KeyId);
    const oldest = await blob(ada, KeyId);
    await pass(90 * day - 1);
    expect(await dates(ada, KeyId)).toEqual([]);
    await pass(1);
    const second = await currentMaterial(ada, KeyId);
    expect(second).not.toBe(first);
    const older = await blob(ada, KeyId);
    const rotated = await events(cloud, 'RotateKey');
    expect(rotated).toHaveLength(1);
    expect(rotated[0]).toMatchObject({
      eventType: 'AwsServiceEvent',
      eventTime: new Date(start + 90 * day).toISOString().replace('.000', ''),
      userIdentity: { accountId: '111122223333', invokedBy: 'AWS Internal' },
      resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: KeyId }],
      serviceEventDetails: {
        rotationType: 'AUTOMATIC',
        keyOrigin: 'AWS_KMS',
        previousKeyMaterialId: first,
        currentKeyMaterialId: second,
        keyId: idOf(KeyId),
      },
    });
    await pass(200 * day);
    const { Rotations, Truncated } = await ada.listKeyRotations({ KeyId });
    expect(Truncated).toBe(false);
    expect(Rotations).toEqual(
      [90, 180, 270].map((days, index) => ({
        KeyId,
        KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        KeyMaterialState: index === 2 ? 'CURRENT' : 'NON_CURRENT',
        RotationDate: new Date(start + days * day),
        RotationType: 'AUTOMATIC',
      })),
    );
    expect((await ada.getKeyRotationStatus({ KeyId })).NextRotationDate).toEqual(new Date(start + 360 * day));

    const opened = await ada.decrypt({ CiphertextBlob: oldest });
    expect(opened).toMatchObject({ KeyId, KeyMaterialId: first });
    expect(opened.Plaintext).toEqual(Plaintext);
    expect((await ada.decrypt({ CiphertextBlob: older })).KeyMaterialId).toBe(second);
  });

  test('counts from the day on which its period is changed', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await pass(80 * day);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 100 });
    await pass(99 * day);
    expect(await dates(ada, KeyId)).toEqual([]);
    await pass(day);
    expect(await dates(ada, KeyId)).toEqual([start + 180 * day]);
  });

  test('leaves a replica alone, even where a note of it has been left', async () => {
    const replica = { state: 'Enabled', multiRegion: { type: 'REPLICA' }, rotation: { next: start } };
    const work = { transaction: { get: () => replica }, time: start } as unknown as Work;
    const note = { kind: 'AutomaticRotation', subject: 'a replica', time: start } as const;
    // Whatever it did to the key, it would miss these rooms.
    await expect(rotateWhenDue(work, note, {} as Rooms)).resolves.toBeUndefined();
  });

  test('does not come any more once it is off', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId });
    await ada.disableKeyRotation({ KeyId });
    await pass(1000 * day);
    expect(await dates(ada, KeyId)).toEqual([]);
  });

  test('waits for a disabled key, and follows at once when that is enabled', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await ada.disableKey({ KeyId });
    await pass(250 * day);
    expect(await dates(ada, KeyId)).toEqual([]);
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: true });
    await ada.enableKey({ KeyId });
    expect(await dates(ada, KeyId)).toEqual([start + 250 * day]);
    expect((await ada.getKeyRotationStatus({ KeyId })).NextRotationDate).toEqual(new Date(start + 340 * day));
  });

  test('keeps to its day when a key was disabled only in between', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await ada.disableKey({ KeyId });
    await pass(10 * day);
    await ada.enableKey({ KeyId });
    await pass(80 * day);
    expect(await dates(ada, KeyId)).toEqual([start + 90 * day]);
  });

  test('reads as off while the key is to be deleted, and as before when it is not', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await pass(80 * day);
    await ada.scheduleKeyDeletion({ KeyId });
    const { $metadata: _, ...status } = await ada.getKeyRotationStatus({ KeyId });
    expect(status).toEqual({ KeyRotationEnabled: false, KeyId });
    await pass(20 * day);
    await ada.cancelKeyDeletion({ KeyId });
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({
      KeyRotationEnabled: true,
      RotationPeriodInDays: 90,
    });
    expect(await dates(ada, KeyId)).toEqual([]);
    await ada.enableKey({ KeyId });
    expect(await dates(ada, KeyId)).toEqual([start + 100 * day]);
  });

  test.each([
    [89, 'Member must have value greater than or equal to 90'],
    [2561, 'Member must have value less than or equal to 2560'],
  ])('refuses a period of %i days', async (RotationPeriodInDays, constraint) => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada);
    const { name, message } = await refusal(ada.enableKeyRotation({ KeyId, RotationPeriodInDays }));
    expect(name).toBe('ValidationException');
    expect(message).toContain(constraint);
  });

  test('is seen from another account, and set from there never', async () => {
    const { cloud, ada } = await stillWorld();
    const bea = kms(cloud, 'Bea');
    const KeyId = await newKey(ada, {
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: ['111122223333', '444455556666'].map((account) => ({
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: 'kms:*',
          Resource: '*',
        })),
      }),
    });
    expect(await bea.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: false });
    const refused = await refusals([
      bea.enableKeyRotation({ KeyId }),
      bea.listKeyRotations({ KeyId }),
      bea.rotateKeyOnDemand({ KeyId }),
    ]);
    expect(refused.map(({ name }) => name)).toEqual(Array(3).fill('NotFoundException'));
  });

  test('is every year for an AWS managed key, and nobody may change that', async () => {
    const { ada, pass } = await stillWorld();
    const { KeyMetadata } = await ada.describeKey({ KeyId: 'alias/aws/s3' });
    const KeyId = KeyMetadata!.Arn!;
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: true });
    await pass(366 * day);
    expect(await dates(ada, KeyId)).toEqual([start + 365 * day]);
    const refused = await refusals([ada.rotateKeyOnDemand({ KeyId }), ada.disableKeyRotation({ KeyId })]);
    expect(refused.map(({ name }) => name)).toEqual(Array(2).fill('AccessDeniedException'));
  });
});

describe('rotation on demand', () => {
  test('is over a little later, and tells until then since when it has been under way', async () => {
    const { cloud, ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    const first = await currentMaterial(ada, KeyId);
    expect((await ada.rotateKeyOnDemand({ KeyId: idOf(KeyId) })).KeyId).toBe(KeyId);
    const { $metadata: _, ...status } = await ada.getKeyRotationStatus({ KeyId });
    expect(status).toEqual({
      KeyRotationEnabled: false,
      KeyId,
      OnDemandRotationStartDate: new Date(start),
    });
    expect(await currentMaterial(ada, KeyId)).toBe(first);
    expect(await refusal(ada.rotateKeyOnDemand({ KeyId }))).toMatchObject({
      name: 'KMSInvalidStateException',
    });
    await pass(second);
    expect((await ada.getKeyRotationStatus({ KeyId })).OnDemandRotationStartDate).toBeUndefined();
    const { Rotations } = await ada.listKeyRotations({ KeyId });
    expect(Rotations).toEqual([
      {
        KeyId,
        KeyMaterialId: await currentMaterial(ada, KeyId),
        KeyMaterialState: 'CURRENT',
        RotationDate: new Date(start + second),
        RotationType: 'ON_DEMAND',
      },
    ]);
    expect(await events(cloud, 'RotateKeyOnDemand')).toMatchObject([
      { requestParameters: { keyId: idOf(KeyId) }, responseElements: { keyId: KeyId } },
      { errorCode: 'KMSInvalidStateException' },
    ]);
    expect(await events(cloud, 'RotateKey')).toMatchObject([
      { serviceEventDetails: { rotationType: 'ON_DEMAND', previousKeyMaterialId: first } },
    ]);
  });

  test('does not shift the automatic ones, nor stand too near before one', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await pass(90 * day - 20 * 60 * second - 1);
    await ada.rotateKeyOnDemand({ KeyId });
    await pass(second);
    expect((await refusal(ada.rotateKeyOnDemand({ KeyId }))).name).toBe('ConflictException');
    await pass(day);
    expect((await ada.listKeyRotations({ KeyId })).Rotations).toMatchObject([
      { RotationType: 'ON_DEMAND' },
      { RotationType: 'AUTOMATIC', RotationDate: new Date(start + 90 * day) },
    ]);
  });

  test('goes on when automatic rotation is turned off or the key disabled meanwhile', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.enableKeyRotation({ KeyId });
    await ada.rotateKeyOnDemand({ KeyId });
    await ada.disableKeyRotation({ KeyId });
    await ada.disableKey({ KeyId });
    await pass(second);
    expect(await dates(ada, KeyId)).toEqual([start + second]);
  });

  test('ends without effect when the key is to be deleted meanwhile', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    await ada.rotateKeyOnDemand({ KeyId });
    await ada.scheduleKeyDeletion({ KeyId });
    await pass(second);
    expect(await dates(ada, KeyId)).toEqual([]);
    await ada.cancelKeyDeletion({ KeyId });
    expect((await ada.getKeyRotationStatus({ KeyId })).OnDemandRotationStartDate).toBeUndefined();
  });

  test('can be had 25 times in the life of a key', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    for (let count = 0; count < awsResourceQuotas.onDemandRotationsPerKey; count++) {
      await ada.rotateKeyOnDemand({ KeyId });
      await pass(second);
    }
    expect(await refusal(ada.rotateKeyOnDemand({ KeyId }))).toEqual({
      name: 'LimitExceededException',
      message: `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${KeyId}`,
    });
    expect(await dates(ada, KeyId)).toHaveLength(25);
  });
});

describe('ListKeyRotations', () => {
  test('adds the first material on request, and gives pages', async () => {
    const { ada, pass } = await stillWorld();
    const KeyId = await newKey(ada);
    const first = await currentMaterial(ada, KeyId);
    await ada.enableKeyRotation({ KeyId, RotationPeriodInDays: 90 });
    await pass(3 * 90 * day);
    const all = await ada.listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    expect(all.Rotations).toHaveLength(4);
    expect(all.Rotations![0]).toEqual({ KeyId, KeyMaterialId: first, KeyMaterialState: 'NON_CURRENT' });

    const pages: (string | undefined)[][] = [];
    let Marker: string | undefined;
    do {
      const page = await ada.listKeyRotations({ KeyId, Limit: 2, ...(Marker !== undefined && { Marker }) });
      pages.push(page.Rotations!.map(({ KeyMaterialId }) => KeyMaterialId));
      expect(page.Truncated).toBe(page.NextMarker !== undefined);
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(pages.flat()).toEqual(all.Rotations!.slice(1).map(({ KeyMaterialId }) => KeyMaterialId));
    const { name } = await refusal(ada.listKeyRotations({ KeyId, Marker: 'AAAA' }));
    expect(name).toBe('InvalidMarkerException');
  });
});

describe('keys that cannot be rotated', () => {
  const unsupported = (message: string) => ({ name: 'UnsupportedOperationException', message });

  test.each(['HMAC_256', 'ECC_NIST_P256'] as const)('%s', async (KeySpec) => {
    const { ada } = await stillWorld();
    const KeyUsage = KeySpec === 'HMAC_256' ? 'GENERATE_VERIFY_MAC' : 'SIGN_VERIFY';
    const KeyId = await newKey(ada, { KeySpec, KeyUsage });
    const refused = await refusals([
      ada.enableKeyRotation({ KeyId }),
      ada.disableKeyRotation({ KeyId }),
      ada.rotateKeyOnDemand({ KeyId }),
      ada.listKeyRotations({ KeyId }),
    ]);
    // The SDK's word for a message that is empty.
    expect(refused).toEqual(Array(4).fill(unsupported('UnknownError')));
    expect(await ada.getKeyRotationStatus({ KeyId })).toMatchObject({ KeyRotationEnabled: false });
  });

  test('imported material, automatically', async () => {
    const { ada } = await stillWorld();
    const KeyId = await newKey(ada, { Origin: 'EXTERNAL' });
    const refused = unsupported(`${KeyId} origin is EXTERNAL which is not valid for this operation.`);
    expect(await refusal(ada.enableKeyRotation({ KeyId }))).toEqual(refused);
    expect(await refusal(ada.disableKeyRotation({ KeyId }))).toEqual(refused);
    expect(await refusal(ada.getKeyRotationStatus({ KeyId }))).toEqual(refused);
    expect((await ada.listKeyRotations({ KeyId })).Rotations).toEqual([]);
  });
});
