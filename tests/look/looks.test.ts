import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { memoryTraces } from '../../src/engine/look/traces.ts';
import type { LookName, Looks } from '../../src/engine/look/look.ts';
import { stillWorld, start, day, abroad, inRegion } from '../kms/life.ts';
import { kms } from '../support/clients.ts';
import { newKey, refusal } from '../kms/support.ts';

const look = <Name extends LookName>(
  cloud: Cloud,
  name: Name,
  query: Looks[Name]['query'],
): Promise<Looks[Name]['answer']> => cloud.look<Name>({ name, query });

const world = () => stillWorld({ traces: memoryTraces() });
const bytes = (text: string) => new TextEncoder().encode(text);
const ada = 'arn:aws:iam::111122223333:user/Ada';

describe('keys', () => {
  it('lists every key with its aliases, in the order of their making', async () => {
    const { cloud, ada: client, pass } = await world();
    const first = await newKey(client, { Description: 'the first' });
    await pass(1000);
    const second = await newKey(client, { KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    await client.createAlias({ AliasName: 'alias/one', TargetKeyId: first });
    const lines = await look(cloud, 'keys', {});
    expect(lines.map(({ keyArn }) => keyArn)).toEqual([first, second]);
    expect(lines[0]).toMatchObject({
      aliases: ['alias/one'],
      spec: 'SYMMETRIC_DEFAULT',
      state: 'Enabled',
      manager: 'CUSTOMER',
      description: 'the first',
      created: start,
      materials: 1,
      region: 'us-east-1',
      accountId: '111122223333',
    });
  });
});

describe('one key', () => {
  it('shows all that is known of it', async () => {
    const { cloud, ada: client, pass } = await world();
    const keyArn = await newKey(client);
    await client.enableKeyRotation({ KeyId: keyArn });
    await client.createGrant({
      KeyId: keyArn,
      GranteePrincipal: 'arn:aws:iam::111122223333:user/Gus',
      Operations: ['Decrypt'],
    });
    await pass(365 * day);
    await client.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
    await client.tagResource({ KeyId: keyArn, Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    await refusal(kms(cloud, 'Gus').encrypt({ KeyId: keyArn, Plaintext: bytes('x') }));
    const key = await look(cloud, 'key', { keyArn });
    expect(key).toMatchObject({
      keyArn,
      state: 'Enabled',
      tags: [{ TagKey: 'a', TagValue: 'b' }],
      grants: [{ operations: ['Decrypt'] }],
      materials: [
        { state: 'NON_CURRENT', ciphertexts: 0 },
        { state: 'CURRENT', rotation: { type: 'AUTOMATIC' }, ciphertexts: 1 },
      ],
      rotation: { periodInDays: 365, next: start + 730 * day },
      lastUsage: { operation: 'Encrypt', time: start + 365 * day },
      upcoming: [{ kind: 'AutomaticRotation', time: start + 730 * day, keyArn }],
    });
    expect(JSON.parse(key!.policy)).toHaveProperty('Statement');
    expect(key!.users).toEqual([
      expect.objectContaining({ principalArn: ada, refused: 0, last: start + 365 * day }),
      expect.objectContaining({ principalArn: ada.replace('Ada', 'Gus'), calls: 1, refused: 1 }),
    ]);
    expect(key!.transitions).toEqual([
      { operation: 'DisableKey', to: 'Disabled' },
      { operation: 'ScheduleKeyDeletion', to: 'PendingDeletion' },
      { operation: 'CancelKeyDeletion', to: 'Disabled', refused: 'KMSInvalidStateException' },
    ]);
    for (const { copies } of key!.materials) {
      expect(copies.map(({ zone, state }) => zone + state)).toEqual(['agood', 'bgood', 'cgood']);
    }
  });

  it('is null where there is none', async () => {
    const { cloud } = await world();
    expect(await look(cloud, 'key', { keyArn: 'arn:aws:kms:us-east-1:111122223333:key/none' })).toBeNull();
    expect(await look(cloud, 'key', { keyArn: 'nonsense' })).toBeNull();
  });
});

describe('storage', () => {
  it('counts the copies, and lists the sealed keys by page', async () => {
    const { cloud, ada: client } = await world();
    const arns = [];
    for (let count = 0; count < 3; count++) arns.push(await newKey(client));
    const imported = await newKey(client, { Origin: 'EXTERNAL' });
    const view = await look(cloud, 'storage', { limit: 2 });
    expect(view).toMatchObject({
      lost: 0,
      total: 3,
      zones: [{ name: 'a', good: 3, missing: 0, corrupt: 0 }, {}, {}],
    });
    expect(view.tokens).toHaveLength(2);
    expect((await look(cloud, 'storage', { from: 2 })).tokens).toHaveLength(1);
    expect(await look(cloud, 'storage', { keyArn: arns[1]! })).toMatchObject({
      total: 1,
      tokens: [{ keyArn: arns[1], imported: false }],
    });
    expect((await look(cloud, 'storage', { keyArn: imported })).total).toBe(0);
    expect((await look(cloud, 'storage', { region: 'eu-west-1' })).total).toBe(0);
  });
});

describe('requests and traces', () => {
  it('lists the latest first, filtered, by page, with every operation', async () => {
    const { cloud, ada: client } = await world();
    const keyArn = await newKey(client);
    await client.encrypt({ KeyId: keyArn, Plaintext: bytes('x') });
    await refusal(kms(cloud, 'Gus').encrypt({ KeyId: keyArn, Plaintext: bytes('x') }));
    const all = await look(cloud, 'requests', {});
    expect(all.total).toBe(3);
    expect(all.operations).toEqual(['CreateKey', 'Encrypt']);
    expect(all.requests.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'Encrypt 400',
      'Encrypt 200',
      'CreateKey 200',
    ]);
    const names = async (query: Looks['requests']['query']) =>
      (await look(cloud, 'requests', query)).requests.map(({ status }) => status);
    expect(await names({ operation: 'Encrypt' })).toEqual([400, 200]);
    expect(await names({ outcome: 'refused' })).toEqual([400]);
    expect(await names({ keyArn })).toEqual([400, 200, 200]);
    expect(await names({ keyArn: 'none' })).toEqual([]);
    expect(await names({ without: [ada] })).toEqual([400]);
    expect(await names({ from: 1, limit: 1 })).toEqual([200]);
    expect(await names({ from: 7 })).toEqual([]);
    const { requestId } = all.requests[1]!;
    expect(await look(cloud, 'trace', { requestId })).toMatchObject({ requestId, operation: 'Encrypt' });
    expect(await look(cloud, 'trace', { requestId: 'none' })).toBeNull();
    expect(await look(cloud, 'audit', { requestId })).toMatchObject({
      requestID: requestId,
      eventName: 'Encrypt',
    });
    expect(await look(cloud, 'audit', { requestId: 'none' })).toBeNull();
  });
});

describe('upcoming', () => {
  it('tells what time will bring about, the soonest first', async () => {
    const { cloud, ada: client } = await world();
    const rotated = await newKey(client);
    const doomed = await newKey(client, { MultiRegion: true });
    await client.enableKeyRotation({ KeyId: rotated });
    await client.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 7 });
    expect(await look(cloud, 'upcoming', {})).toEqual([
      { time: start + day, kind: 'DomainKeyRotation', subject: 'us-east-1' },
      { time: start + 7 * day, kind: 'KeyDeletion', keyArn: doomed, subject: doomed },
      { time: start + 365 * day, kind: 'AutomaticRotation', keyArn: rotated, subject: rotated },
    ]);
  });
});

describe('a ciphertext blob', () => {
  it('leads to its key, its material and the request that made it', async () => {
    const { cloud, ada: client, pass } = await world();
    const keyArn = await newKey(client, { MultiRegion: true });
    await client.replicateKey({ KeyId: keyArn, ReplicaRegion: abroad });
    await pass(5000);
    const { CiphertextBlob } = await client.encrypt({
      KeyId: keyArn,
      Plaintext: bytes('x'),
      EncryptionContext: { b: 'ü', a: '1' },
    });
    const origin = await look(cloud, 'blob', { blob: CiphertextBlob! });
    expect(origin).toMatchObject({
      keyArn,
      state: 'Enabled',
      materialState: 'CURRENT',
      openable: true,
      madeBy: { operation: 'Encrypt', time: start + 5000, context: { a: '1', b: 'ü' } },
    });
    const data = await kms(cloud, 'Ada', { region: abroad }).generateDataKey({
      KeyId: inRegion(keyArn, abroad),
      KeySpec: 'AES_256',
    });
    expect(await look(cloud, 'blob', { blob: data.CiphertextBlob! })).toMatchObject({
      keyArn: inRegion(keyArn, abroad),
      madeBy: { operation: 'GenerateDataKey', context: {} },
    });
    expect(await look(cloud, 'blob', { blob: bytes('none') })).toBeNull();
  });
});
