import { describe, expect, test } from 'vitest';
import { AwsClient } from 'aws4fetch';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { CloudTrailRecord } from '../../src/engine/cloudtrail/types.ts';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { identity, kms, region } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

interface Lookup {
  status: number;
  __type?: string;
  NextToken?: string;
  Events?: { EventName: string; Username: string; EventId: string; CloudTrailEvent: string }[];
}

/** LookupEvents over its own wire protocol, signed by another hand than the page's. */
async function lookUp(cloud: Cloud, input: object = {}, as = 'Auditor', time?: number): Promise<Lookup> {
  const signer = new AwsClient({ ...identity(cloud, as).credentials, service: 'cloudtrail', region });
  const request = await signer.sign(`https://cloudtrail.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents',
    },
    body: JSON.stringify(input),
    ...(time !== undefined && { aws: { datetime: amzDate(time) } }),
  });
  const response = await cloud.fetch(request);
  return { ...((await response.json()) as object), status: response.status };
}

function amzDate(time: number): string {
  return new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function records({ Events }: Lookup): CloudTrailRecord[] {
  return Events!.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent) as CloudTrailRecord);
}

describe('records', () => {
  test('tell who did what with which key, and never a byte of what it was done to', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const { KeyMetadata } = await ada.createKey({ Description: 'for the test' });
    const KeyId = KeyMetadata!.KeyId!;
    const EncryptionContext = { dept: 'IT' };
    const secret = new TextEncoder().encode('the secret plaintext');
    const { CiphertextBlob } = await ada.encrypt({ KeyId, Plaintext: secret, EncryptionContext });
    await ada.decrypt({ CiphertextBlob: CiphertextBlob!, EncryptionContext });
    const [decrypt, encrypt, createKey] = records(await lookUp(cloud));
    expect(encrypt).toMatchObject({
      eventVersion: '1.11',
      eventName: 'Encrypt',
      eventSource: 'kms.amazonaws.com',
      awsRegion: region,
      readOnly: true,
      userIdentity: { type: 'IAMUser', userName: 'Ada', arn: 'arn:aws:iam::111122223333:user/Ada' },
      requestParameters: {
        keyId: KeyId,
        encryptionContext: EncryptionContext,
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      responseElements: null,
      additionalEventData: { keyMaterialId: KeyMetadata!.CurrentKeyMaterialId },
      resources: [{ accountId: '111122223333', type: 'AWS::KMS::Key', ARN: KeyMetadata!.Arn }],
    });
    expect(encrypt!.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(decrypt!.requestParameters).not.toHaveProperty('keyId');
    expect(createKey!.readOnly).toBe(false);
    expect(createKey!.responseElements).toMatchObject({ keyMetadata: { keyId: KeyId, keyState: 'Enabled' } });
    const all = JSON.stringify([decrypt, encrypt, createKey]);
    for (const hidden of [secret, CiphertextBlob!]) {
      expect(all).not.toContain(Buffer.from(hidden).toString('base64'));
    }
  });

  test('tell of failures by the error that the caller got', async () => {
    const cloud = await openTestCloud();
    const { KeyMetadata } = await kms(cloud).createKey({});
    const KeyId = KeyMetadata!.Arn!;
    await expect(kms(cloud, 'Mallory').encrypt({ KeyId, Plaintext: new Uint8Array([1]) })).rejects.toThrow();
    await kms(cloud).disableKey({ KeyId });
    await expect(kms(cloud).encrypt({ KeyId, Plaintext: new Uint8Array([1]) })).rejects.toThrow();
    const [disabled, , denied] = records(await lookUp(cloud));
    expect(disabled).toMatchObject({ errorCode: 'DisabledException', errorMessage: `${KeyId} is disabled.` });
    expect(denied).toMatchObject({ errorCode: 'AccessDenied', requestParameters: null });
    expect(denied!.errorMessage).toContain('is not authorized to perform: kms:Encrypt');
  });
});

describe('LookupEvents', () => {
  test('pages newest first without losing or repeating an event', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    for (let i = 0; i < 12; i++) await ada.generateRandom({ NumberOfBytes: i + 1 });
    const seen: CloudTrailRecord[] = [];
    let NextToken: string | undefined;
    do {
      const page = await lookUp(cloud, {
        MaxResults: 5,
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GenerateRandom' }],
        ...(NextToken !== undefined && { NextToken }),
      });
      seen.push(...records(page));
      NextToken = page.NextToken;
    } while (NextToken);
    const sizes = seen.map(({ requestParameters }) => requestParameters!['numberOfBytes']);
    expect(sizes).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('is itself recorded, and filters by user, resource and access', async () => {
    const cloud = await openTestCloud();
    const { KeyMetadata } = await kms(cloud).createKey({});
    await lookUp(cloud);
    const by = async (AttributeKey: string, AttributeValue: string) =>
      records(await lookUp(cloud, { LookupAttributes: [{ AttributeKey, AttributeValue }] })).map(
        ({ eventName }) => eventName,
      );
    expect(await by('Username', 'Ada')).toEqual(['CreateKey']);
    expect(await by('Username', 'checks')).toContain('LookupEvents');
    expect(await by('ResourceName', KeyMetadata!.Arn!)).toEqual(['CreateKey']);
    expect(await by('ReadOnly', 'false')).toEqual(['CreateKey']);
    expect(await by('Username', 'Nobody')).toEqual([]);
  });

  test('reaches back ninety days', async () => {
    const clock = manualClock(Date.UTC(2026, 0, 1));
    const cloud = await openTestCloud({ clock });
    const names = async () =>
      records(await lookUp(cloud, {}, 'Auditor', clock.now())).map((r) => r.eventName);
    await names();
    clock.advance(89 * 86_400_000);
    expect(await names()).toEqual(['LookupEvents']);
    clock.advance(2 * 86_400_000);
    expect(await names()).toEqual(['LookupEvents']);
  });

  test.each([
    ['Mallory', {}, 'AccessDeniedException'],
    ['Auditor', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    ['Auditor', { NextToken: '%' }, 'InvalidNextTokenException'],
    ['Auditor', { StartTime: 20, EndTime: 10 }, 'InvalidTimeRangeException'],
    [
      'Auditor',
      { LookupAttributes: [{ AttributeKey: 'Colour', AttributeValue: 'red' }] },
      'ValidationException',
    ],
  ])('as %s with %o is refused with %s', async (as, input, name) => {
    expect(await lookUp(await openTestCloud(), input, as)).toMatchObject({ status: 400, __type: name });
  });
});

test('a browser’s client, which may not set User-Agent, is known by x-amz-user-agent', async () => {
  const cloud = await openTestCloud();
  const signer = new AwsClient({ ...identity(cloud, 'Ada').credentials, service: 'kms', region });
  const request = await signer.sign(`https://kms.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'TrentService.ListKeys',
      'X-Amz-User-Agent': 'a-page/1.0',
    },
    body: '{}',
  });
  expect((await cloud.fetch(request)).status).toBe(200);
  const [listKeys] = records(await lookUp(cloud));
  expect(listKeys).toMatchObject({ eventName: 'ListKeys', userAgent: 'a-page/1.0' });
});
