import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { Moment, MomentQuery } from '../../src/engine/look/look.ts';
import { day, start, stillWorld } from '../kms/life.ts';
import { newKey, refusal } from '../kms/support.ts';
import { identity, kms } from '../support/clients.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ada = 'arn:aws:iam::111122223333:user/Ada';

const page = (cloud: Cloud, query: MomentQuery = {}) => cloud.look<'moments'>({ name: 'moments', query });
const moments = async (cloud: Cloud, query: MomentQuery = {}): Promise<Moment[]> =>
  (await page(cloud, query)).moments;
const latest = async (cloud: Cloud): Promise<Moment> => (await moments(cloud, { from: -1 }))[0]!;

describe('the time line', () => {
  it('begins with the founding', async () => {
    const { cloud } = await stillWorld();
    const [first, ...others] = await moments(cloud);
    expect(first).toMatchObject({ kind: 'founding', name: 'founding', time: start });
    expect(first!.changes).toContainEqual({ what: 'principal', how: 'made', subject: ada });
    expect(others.every(({ kind }) => kind === 'founding')).toBe(true);
  });

  it('tells who did what, and what changed by it', async () => {
    const { cloud, ada: client } = await stillWorld();
    const keyArn = await newKey(client);
    const [materialId] = (await cloud.look<'key'>({ name: 'key', query: { keyArn } }))!.materials.map(
      (material) => material.materialId,
    );
    const creation = await latest(cloud);
    expect(creation).toMatchObject({ kind: 'request', name: 'CreateKey', time: start, principalArn: ada });
    expect(creation.keyArns).toEqual([keyArn]);
    expect(creation.changes.filter((change) => change.keyArn === keyArn)).toEqual([
      { what: 'key', how: 'made', subject: keyArn, keyArn, to: 'Enabled' },
      { what: 'material', how: 'made', subject: materialId, keyArn, to: 'CURRENT' },
      { what: 'copy', how: 'made', subject: materialId, keyArn, from: '0', to: '3' },
    ]);
    const changes = async (request: Promise<unknown>) => {
      await request;
      return (await latest(cloud)).changes.map(({ what, how, from, to }) =>
        [what, how, from, to].filter(Boolean).join(' '),
      );
    };
    const KeyId = keyArn;
    expect(await changes(client.disableKey({ KeyId }))).toEqual(['key changed Enabled Disabled']);
    expect(await changes(client.disableKey({ KeyId }))).toEqual([]);
    expect(await changes(client.enableKey({ KeyId }))).toEqual(['key changed Disabled Enabled']);
    expect(await changes(client.enableKeyRotation({ KeyId }))).toEqual(['rotation changed 365 days']);
    expect(await changes(client.updateKeyDescription({ KeyId, Description: 'x' }))).toEqual(['key changed']);
    expect(await changes(client.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }))).toEqual([
      'tags changed',
    ]);
    expect(await changes(client.createAlias({ AliasName: 'alias/a', TargetKeyId: KeyId }))).toEqual([
      'alias made',
    ]);
    expect(await changes(client.deleteAlias({ AliasName: 'alias/a' }))).toEqual(['alias removed']);
    const { Policy } = await client.getKeyPolicy({ KeyId });
    const other = JSON.stringify({ ...(JSON.parse(Policy!) as object), Id: 'other' });
    expect(await changes(client.putKeyPolicy({ KeyId, Policy: other }))).toEqual(['policy changed']);
    const grant = client.createGrant({ KeyId, GranteePrincipal: ada, Operations: ['Decrypt'] });
    expect(await changes(grant)).toEqual(['grant made']);
  });

  it('has requests that changed nothing, refused ones too, as soon as they are answered', async () => {
    const { cloud, ada: client } = await stillWorld();
    const keyArn = await newKey(client);
    await client.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
    await refusal(kms(cloud, 'Gus').encrypt({ KeyId: keyArn, Plaintext: bytes('x') }));
    const told = await moments(cloud, { name: 'Encrypt' });
    expect(told).toMatchObject([
      { kind: 'request', principalArn: ada, changes: [], keyArns: [keyArn] },
      { kind: 'request', principalArn: ada.replace('Ada', 'Gus'), errorName: 'AccessDeniedException' },
    ]);
    expect(told[0]!.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(told[0]!.eventId).toMatch(/^[0-9a-f-]{36}$/);
    // Records that wait are stored together.
    expect(told[1]!.sequence).toBe(told[0]!.sequence);
  });

  it('stands a request that changed nothing before the commit that its record has waited for', async () => {
    const { cloud, ada: client } = await stillWorld();
    await refusal(client.describeKey({ KeyId: 'alias/none' }));
    await newKey(client);
    const [founding, refused, creation] = await moments(cloud);
    expect([founding!.kind, refused!.name, creation!.name]).toEqual(['founding', 'DescribeKey', 'CreateKey']);
    expect(refused!.sequence).toBe(creation!.sequence - 1);
    await cloud.operate({ act: 'UndoTo', sequence: founding!.sequence });
    expect(await cloud.look({ name: 'keys', query: {} })).toEqual([]);
  });

  it('tells what time brought about, at the time when it was due', async () => {
    const { cloud, ada: client, pass } = await stillWorld();
    const keyArn = await newKey(client);
    const before = await latest(cloud);
    await client.scheduleKeyDeletion({ KeyId: keyArn, PendingWindowInDays: 7 });
    await pass(30 * day);
    const [deletion] = await moments(cloud, { kind: 'due', name: 'KeyDeletion' });
    expect(deletion).toMatchObject({ name: 'KeyDeletion', time: start + 7 * day, keyArns: [keyArn] });
    expect(deletion!.eventId).toBeDefined();
    expect(deletion!.changes.map(({ what, how }) => `${what} ${how}`)).toEqual([
      'key removed',
      'material removed',
      'copy shredded',
    ]);
    // Of shredded copies the past holds no image any more.
    const [creation] = await moments(cloud, { name: 'CreateKey' });
    expect(creation!.sequence).toBe(before.sequence);
    expect(creation!.changes.map(({ what }) => what)).not.toContain('copy');
  });

  it('leaves out what time had done where it changed nothing, as when a domain has no key left to seal anew', async () => {
    const { cloud, ada: client, pass } = await stillWorld();
    const keyArn = await newKey(client);
    await client.scheduleKeyDeletion({ KeyId: keyArn, PendingWindowInDays: 7 });
    await pass(30 * day);
    await client.listKeys({});
    const told = await moments(cloud, { kind: 'due' });
    expect(told.map(({ name }) => name).sort()).toEqual(['DomainKeyRotation', 'KeyDeletion']);
    expect(told.every(({ changes }) => changes.length > 0)).toBe(true);
  });

  it('tells one request once, though its record comes after its changes', async () => {
    const { cloud, ada: client } = await stillWorld();
    // Makes the key of Amazon S3, though it reads only.
    await client.describeKey({ KeyId: 'alias/aws/s3' });
    const told = await moments(cloud, { name: 'DescribeKey' });
    expect(told).toHaveLength(1);
    expect(told[0]!.changes.map(({ what }) => what)).toContain('key');
    expect(await moments(cloud, { name: '' })).toEqual([]);
  });

  it('is filtered, and given by page, from either end', async () => {
    const { cloud, ada: client } = await stillWorld();
    const one = await newKey(client);
    const two = await newKey(client);
    for (let count = 0; count < 5; count++) await client.encrypt({ KeyId: one, Plaintext: bytes('x') });
    await client.disableKey({ KeyId: two });
    const { last, first, total } = await page(cloud);
    expect(first).toBe(1);
    expect(last).toBe((await cloud.view()).sequence);
    const names = async (query: MomentQuery) => (await moments(cloud, query)).map(({ name }) => name);
    expect(await names({ keyArn: two })).toEqual(['CreateKey', 'DisableKey']);
    expect(await names({ kind: 'request', changing: true })).toEqual([
      'CreateKey',
      'CreateKey',
      'DisableKey',
    ]);
    expect(await names({ principalArn: ada, from: 2, limit: 2 })).toEqual(['Encrypt', 'Encrypt']);
    expect(await page(cloud, { from: -2 })).toMatchObject({ total, from: total - 2 });
    expect(await page(cloud, { from: -1000 })).toMatchObject({ from: 0 });
    expect(await names({ from: 1000 })).toEqual([]);
  });

  it('forgets with the cloud', async () => {
    const { cloud, ada: client } = await stillWorld();
    await newKey(client);
    await page(cloud);
    await cloud.reset();
    expect(await moments(cloud, { kind: 'request' })).toEqual([]);
    await newKey(kms(cloud, identity(cloud, 'Ada').name));
    expect(await moments(cloud, { kind: 'request' })).toHaveLength(1);
  });
});
