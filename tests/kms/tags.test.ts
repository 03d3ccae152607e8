import { describe, expect, test } from 'vitest';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { newKey, refusal, trailOf, twoAccounts } from './support.ts';

async function world() {
  const cloud = await openTestCloud({ scenario: twoAccounts });
  const ada = kms(cloud);
  return { cloud, ada, KeyId: await newKey(ada) };
}

const tags = (record: Record<string, string>) =>
  Object.entries(record).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));

const numbered = (count: number, from = 0) =>
  tags(Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index + from}`, ''])));

describe('TagResource', () => {
  test('adds tags, and gives those that are there another value', async () => {
    const { ada, KeyId } = await world();
    await ada.tagResource({ KeyId, Tags: tags({ Dept: 'IT', dept: 'it' }) });
    await ada.tagResource({ KeyId, Tags: tags({ Dept: 'HR', Empty: '' }) });
    const { Tags } = await ada.listResourceTags({ KeyId });
    expect(Tags).toEqual(tags({ Dept: 'HR', dept: 'it', Empty: '' }));
    await ada.untagResource({ KeyId, TagKeys: ['Dept', 'never-there'] });
    expect((await ada.listResourceTags({ KeyId })).Tags).toEqual(tags({ dept: 'it', Empty: '' }));
  });

  test('holds a key to 50 tags', async () => {
    const { ada, KeyId } = await world();
    await ada.tagResource({ KeyId, Tags: numbered(50) });
    await ada.tagResource({ KeyId, Tags: tags({ 'tag-7': 'changed' }) });
    expect((await refusal(ada.tagResource({ KeyId, Tags: numbered(1, 50) }))).name).toBe(
      'LimitExceededException',
    );
    expect(await refusal(ada.tagResource({ KeyId, Tags: numbered(51) }))).toEqual({
      name: 'TagException',
      message: 'Too many tags',
    });
    expect((await ada.listResourceTags({ KeyId })).Tags).toHaveLength(50);
  });

  test('refuses reserved and doubled names, for Untag too', async () => {
    const { ada, KeyId } = await world();
    const reserved = { name: 'TagException', message: 'Tags beginning with aws: are reserved' };
    const doubled = { name: 'TagException', message: 'Duplicate tag keys' };
    expect(await refusal(ada.tagResource({ KeyId, Tags: tags({ 'Aws:x': '' }) }))).toEqual(reserved);
    expect(
      await refusal(ada.tagResource({ KeyId, Tags: [...tags({ a: '1' }), ...tags({ a: '2' })] })),
    ).toEqual(doubled);
    expect(await refusal(ada.untagResource({ KeyId, TagKeys: ['aws:x'] }))).toEqual(reserved);
    expect(await refusal(ada.untagResource({ KeyId, TagKeys: ['a', 'a'] }))).toEqual(doubled);
  });

  test.each([
    ['an empty name', [{ TagKey: '', TagValue: '' }]],
    ['a name of 129 characters', [{ TagKey: 'x'.repeat(129), TagValue: '' }]],
    ['a value of 257 characters', [{ TagKey: 'x', TagValue: 'x'.repeat(257) }]],
    ['no value', [{ TagKey: 'x', TagValue: undefined }]],
  ])('refuses %s', async (_what, Tags) => {
    const { ada, KeyId } = await world();
    expect((await refusal(ada.tagResource({ KeyId, Tags }))).name).toBe('ValidationException');
  });

  test('is for keys of the own account that are to stay', async () => {
    const { cloud, ada, KeyId } = await world();
    const Tags = tags({ a: 'b' });
    expect((await refusal(kms(cloud, 'Bea').tagResource({ KeyId, Tags }))).name).toBe('NotFoundException');
    await ada.disableKey({ KeyId });
    await ada.tagResource({ KeyId, Tags });
    await ada.scheduleKeyDeletion({ KeyId });
    const pending = { name: 'KMSInvalidStateException', message: `${KeyId} is pending deletion.` };
    expect(await refusal(ada.tagResource({ KeyId, Tags }))).toEqual(pending);
    expect(await refusal(ada.untagResource({ KeyId, TagKeys: ['a'] }))).toEqual(pending);
    expect((await ada.listResourceTags({ KeyId })).Tags).toEqual(Tags);
  });

  test('is in CloudTrail as CloudTrail names things', async () => {
    const { cloud, ada, KeyId } = await world();
    await ada.tagResource({ KeyId, Tags: tags({ Dept: 'IT' }) });
    expect((await trailOf(cloud))[0]).toMatchObject({
      eventName: 'TagResource',
      requestParameters: { keyId: KeyId, tags: [{ tagKey: 'Dept', tagValue: 'IT' }] },
      responseElements: null,
    });
  });
});

test('ListResourceTags comes in pages of up to 50', async () => {
  const { ada, KeyId } = await world();
  await ada.tagResource({ KeyId, Tags: numbered(50) });
  const first = await ada.listResourceTags({ KeyId, Limit: 30 });
  expect(first).toMatchObject({ Truncated: true, NextMarker: expect.any(String) as string });
  const rest = await ada.listResourceTags({ KeyId, Limit: 30, Marker: first.NextMarker });
  expect(rest.Truncated).toBe(false);
  expect([...first.Tags!, ...rest.Tags!]).toEqual(numbered(50));
  expect((await ada.listResourceTags({ KeyId, Limit: 50 })).Truncated).toBe(false);
  expect((await refusal(ada.listResourceTags({ KeyId, Limit: 51 }))).name).toBe('ValidationException');
  expect((await refusal(ada.listResourceTags({ KeyId, Marker: 'AAAA' }))).name).toBe(
    'InvalidMarkerException',
  );
});

describe('policies speak of tags', () => {
  async function guarded(statement: object) {
    const { cloud, ada } = await world();
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'kms:*',
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:user/Gus' },
          Resource: '*',
          ...statement,
        },
      ],
    });
    const KeyId = await newKey(ada, { Policy });
    return { ada, gus: kms(cloud, 'Gus'), KeyId };
  }

  test('of the key’s, at once (aws:ResourceTag)', async () => {
    const { ada, gus, KeyId } = await guarded({
      Action: 'kms:Encrypt',
      Condition: { StringEquals: { 'aws:ResourceTag/dept': 'IT' } },
    });
    const Plaintext = new Uint8Array([1]);
    expect((await refusal(gus.encrypt({ KeyId, Plaintext }))).name).toBe('AccessDeniedException');
    await ada.tagResource({ KeyId, Tags: tags({ dept: 'IT' }) });
    expect((await gus.encrypt({ KeyId, Plaintext })).KeyId).toBe(KeyId);
    await ada.untagResource({ KeyId, TagKeys: ['dept'] });
    expect((await refusal(gus.encrypt({ KeyId, Plaintext }))).name).toBe('AccessDeniedException');
  });

  test('of the request’s (aws:RequestTag, aws:TagKeys)', async () => {
    const { gus, KeyId } = await guarded({
      Action: ['kms:TagResource', 'kms:UntagResource'],
      Condition: {
        'ForAllValues:StringEquals': { 'aws:TagKeys': ['dept'] },
        StringEqualsIfExists: { 'aws:RequestTag/dept': 'IT' },
      },
    });
    await gus.tagResource({ KeyId, Tags: tags({ dept: 'IT' }) });
    for (const request of [
      gus.tagResource({ KeyId, Tags: tags({ dept: 'HR' }) }),
      gus.tagResource({ KeyId, Tags: tags({ dept: 'IT', stage: 'test' }) }),
      gus.untagResource({ KeyId, TagKeys: ['stage'] }),
    ]) {
      expect((await refusal(request)).name).toBe('AccessDeniedException');
    }
    await gus.untagResource({ KeyId, TagKeys: ['dept'] });
  });
});

test('UpdateKeyDescription changes what DescribeKey tells', async () => {
  const { cloud, ada, KeyId } = await world();
  await ada.updateKeyDescription({ KeyId, Description: 'for invoices' });
  expect((await ada.describeKey({ KeyId })).KeyMetadata!.Description).toBe('for invoices');
  expect((await trailOf(cloud)).find(({ eventName }) => eventName === 'UpdateKeyDescription')).toMatchObject({
    requestParameters: { keyId: KeyId, description: 'for invoices' },
  });
  await ada.updateKeyDescription({ KeyId, Description: '' });
  expect((await ada.describeKey({ KeyId })).KeyMetadata!.Description).toBe('');
  const long = ada.updateKeyDescription({ KeyId, Description: 'x'.repeat(8193) });
  expect((await refusal(long)).name).toBe('ValidationException');
  await ada.scheduleKeyDeletion({ KeyId });
  const late = ada.updateKeyDescription({ KeyId, Description: 'late' });
  expect((await refusal(late)).name).toBe('KMSInvalidStateException');
});
