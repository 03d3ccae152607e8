/** The page's own clients, against a real cloud. */
import { describe, expect, it } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { networkError } from '../../src/lib/cloud/calls.ts';
import { cloudTrailClient, recordOf } from '../../src/lib/cloud/cloudtrail.ts';
import { kmsClient } from '../../src/lib/cloud/kms.ts';
import { AwsFault } from '../../src/lib/cloud/signed-client.ts';
import { openTestCloud } from '../support/cloud.ts';

const as = (cloud: Cloud, wanted: string) => () => cloud.identities().find(({ name }) => name === wanted);

/** A door to the cloud that breaks as often as told, and counts. */
function brokenDoor(cloud: Cloud, breaks: number) {
  const door = {
    tries: 0,
    fetch: (request: Request) =>
      door.tries++ < breaks ? Promise.reject(networkError('broken')) : cloud.fetch(request),
  };
  return door;
}

describe('the page’s KMS client', () => {
  it('creates, encrypts and decrypts; replies are typed as the SDK’s are', async () => {
    const cloud = await openTestCloud();
    const kms = kmsClient(cloud, as(cloud, 'Ada'));
    const { KeyMetadata, $metadata } = await kms.call('CreateKey', { Description: 'ä' });
    expect(KeyMetadata).toMatchObject({ Description: 'ä', KeyState: 'Enabled' });
    expect(KeyMetadata?.CreationDate).toBeInstanceOf(Date);
    expect($metadata).toEqual({
      httpStatusCode: 200,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });

    const Plaintext = new Uint8Array([0, 1, 255]);
    const EncryptionContext = { Plaintext: 'not a blob' };
    const KeyId = KeyMetadata?.Arn;
    const { CiphertextBlob } = await kms.call('Encrypt', { KeyId, Plaintext, EncryptionContext });
    expect(CiphertextBlob).toBeInstanceOf(Uint8Array);
    expect(await kms.call('Decrypt', { CiphertextBlob, EncryptionContext })).toMatchObject({
      Plaintext,
      KeyId,
    });
  });

  it('signs as whoever is the identity now, with a session token where there is one', async () => {
    const cloud = await openTestCloud();
    let name = 'Auditor';
    const kms = kmsClient(cloud, () => as(cloud, name)());
    expect((await kms.call('ListKeys', {})).Keys).toEqual([]);
    name = 'Mallory';
    await expect(kms.call('ListKeys', {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('gives the service’s errors under AWS’s names, with the request id', async () => {
    const cloud = await openTestCloud();
    const kms = kmsClient(cloud, as(cloud, 'Ada'));
    const fault: unknown = await kms
      .call('DescribeKey', { KeyId: 'alias/none' })
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(AwsFault);
    expect(fault).toMatchObject({
      name: 'NotFoundException',
      message: 'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.',
      status: 400,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it('works in the Region that it is given', async () => {
    const cloud = await openTestCloud();
    const kms = kmsClient(cloud, as(cloud, 'Ada'), { region: 'eu-central-1', userAgent: 'a test' });
    const { KeyMetadata } = await kms.call('CreateKey', {});
    expect(KeyMetadata?.Arn).toContain('arn:aws:kms:eu-central-1:');
    const trail = cloudTrailClient(cloud, as(cloud, 'Ada'), { region: 'eu-central-1' });
    const { Events } = await trail.lookupEvents({ MaxResults: 1 });
    expect(Events.map(recordOf)).toMatchObject([{ eventName: 'CreateKey', userAgent: 'a test' }]);
    expect(Events[0]?.EventTime).toBeInstanceOf(Date);
  });

  it('sets its watch by the service’s when theirs differ', async () => {
    const clock = manualClock(Date.now() + 3 * 24 * 60 * 60 * 1000);
    const cloud = await openTestCloud({ clock });
    const door = brokenDoor(cloud, 0);
    const kms = kmsClient(door, as(cloud, 'Ada'));
    expect((await kms.call('ListKeys', {})).Keys).toEqual([]);
    expect(door.tries).toBe(2);
    await kms.call('ListKeys', {});
    expect(door.tries).toBe(3);
    clock.advance(60 * 60 * 1000);
    await kms.call('ListKeys', {});
    expect(door.tries).toBe(5);
  });

  it('tries twice more when the connection breaks, and no oftener', async () => {
    const cloud = await openTestCloud();
    const mended = brokenDoor(cloud, 2);
    expect((await kmsClient(mended, as(cloud, 'Ada')).call('ListKeys', {})).Keys).toEqual([]);
    expect(mended.tries).toBe(3);
    const broken = brokenDoor(cloud, 9);
    await expect(kmsClient(broken, as(cloud, 'Ada')).call('ListKeys', {})).rejects.toThrow('Failed to fetch');
    expect(broken.tries).toBe(3);
  });

  it('does not repeat what the service has refused', async () => {
    const cloud = await openTestCloud();
    const door = brokenDoor(cloud, 0);
    await expect(kmsClient(door, as(cloud, 'Mallory')).call('CreateKey', {})).rejects.toThrow(AwsFault);
    expect(door.tries).toBe(1);
  });

  it('says so when there is nobody to sign', async () => {
    const cloud = await openTestCloud();
    await expect(kmsClient(cloud, () => undefined).call('ListKeys', {})).rejects.toThrow('nobody to sign');
  });
});
