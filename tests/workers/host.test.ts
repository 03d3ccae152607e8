import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { CloudHost, type Carrier, type HostOptions } from '../../src/workers/host.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import { recentLimit, type BackupJob, type ToEngine, type ToTab } from '../../src/workers/protocol.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

/** A carrier that keeps what was posted. */
function recordingCarrier(): Carrier & { posted: ToTab[]; last(): ToTab | undefined } {
  const posted: ToTab[] = [];
  return { posted, post: (message) => void posted.push(message), last: () => posted.at(-1) };
}

async function hostOf(
  open: HostOptions['open'],
  options: Partial<HostOptions> = {},
): Promise<{ host: CloudHost; tab: ReturnType<typeof recordingCarrier>; done: string[] }> {
  const done: string[] = [];
  const host = new CloudHost({
    engine: 'e1',
    open,
    destroy: () => Promise.resolve(void done.push('destroy')),
    salvage: () => Promise.resolve({ keys: ['a key'], aliases: [], auditTrail: [] }),
    end: () => void done.push('end'),
    ...options,
  });
  const tab = recordingCarrier();
  host.add(tab);
  await host.open();
  return { host, tab, done };
}

const request: ToEngine & { kind: 'request' } = {
  kind: 'request',
  from: 'tab',
  engine: 'e1',
  id: 7,
  method: 'POST',
  url: 'https://kms.us-east-1.amazonaws.com/',
  headers: [['x-amz-target', 'TrentService.ListKeys']],
  body: new TextEncoder().encode('{}'),
};
const command = (name: 'flush' | 'reset' | 'salvage'): ToEngine & { kind: 'command' } => ({
  kind: 'command',
  from: 'tab',
  engine: 'e1',
  id: 8,
  command: name,
});

describe('a host of a cloud that opens', () => {
  it('welcomes everybody, and each tab that says hello', async () => {
    const cloud = await openTestCloud();
    const { host, tab } = await hostOf(() => Promise.resolve(cloud));
    const view = await cloud.view();
    const clock = { ...view.clock, now: expect.any(Number) as number };
    const welcome = {
      kind: 'welcome',
      engine: 'e1',
      recent: [],
      view: { ...view, clock },
      trouble: undefined,
    };
    expect(tab.posted).toEqual([{ ...welcome, identities: cloud.identities() }]);
    const other = recordingCarrier();
    host.receive({ kind: 'hello', from: 'other' }, other);
    await expect.poll(() => other.posted).toMatchObject([{ ...welcome, to: 'other' }]);
    expect(tab.posted).toHaveLength(1);
  });

  it('lets happen what is due, though nobody asks anything then', async () => {
    const cloud = await openTestCloud();
    const { tab } = await hostOf(() => Promise.resolve(cloud));
    const client = kms(cloud);
    const { KeyMetadata } = await client.createKey({ MultiRegion: true });
    await client.replicateKey({ KeyId: KeyMetadata?.KeyId, ReplicaRegion: 'eu-west-1' });
    const replica = async () =>
      (await cloud.look({ name: 'keys', query: {} })).find(({ region }) => region === 'eu-west-1')?.state;
    expect(await replica()).toBe('Creating');
    await expect.poll(replica, { timeout: 10_000 }).toBe('Enabled');
    await expect.poll(() => tab.last()).toMatchObject({ kind: 'changed' });
  });

  it('answers a request with the response, to the tab that asked', async () => {
    const cloud = await openTestCloud();
    const { host, tab } = await hostOf(() => Promise.resolve(cloud));
    host.receive(request, tab);
    await expect.poll(() => tab.last()).toMatchObject({ kind: 'response', to: 'tab', id: 7, status: 400 });
    const { body, headers } = tab.last() as ToTab & { kind: 'response' };
    expect(JSON.parse(new TextDecoder().decode(body))).toHaveProperty('__type');
    expect(new Headers(headers).get('content-type')).toBe('application/x-amz-json-1.1');
  });

  it('leaves alone what is meant for another engine', async () => {
    let asked = 0;
    const cloud = await openTestCloud();
    const counting: Cloud = { ...cloud, fetch: (asking) => (asked++, cloud.fetch(asking)) };
    const { host, tab } = await hostOf(() => Promise.resolve(counting));
    host.receive({ ...request, engine: 'e0' }, tab);
    host.receive({ ...command('reset'), engine: 'e0' }, tab);
    host.receive(request, tab);
    await expect.poll(() => tab.last()?.kind).toBe('response');
    expect(asked).toBe(1);
    expect(tab.posted.map(({ kind }) => kind)).toEqual(['welcome', 'response']);
  });

  it('tells each request where somebody listens, and keeps the latest for who comes later', async () => {
    const cloud = await openTestCloud();
    const { host, tab } = await hostOf(() => Promise.resolve(cloud));
    const silent = recordingCarrier();
    host.add(silent);
    host.receive({ kind: 'hello', from: 'tab' }, tab);
    for (let id = 0; id < recentLimit + 3; id++) host.receive({ ...request, id }, tab);
    const observations = () => tab.posted.filter((message) => message.kind === 'observation');
    await expect.poll(() => observations().length).toBe(recentLimit + 3);
    expect(silent.posted).toEqual([]);

    const late = recordingCarrier();
    host.receive({ kind: 'hello', from: 'late' }, late);
    await expect.poll(() => late.last()).toMatchObject({ kind: 'welcome' });
    const { recent } = late.last() as ToTab & { kind: 'welcome' };
    const told = observations().map((message) => message.observation.trace.requestId);
    expect(recent.map(({ requestId }) => requestId)).toEqual(told.slice(3));
  });

  it('tells of commits that no observation has told, once', async () => {
    const cloud = await openTestCloud();
    const { tab } = await hostOf(() => Promise.resolve(cloud));
    const changes = () => tab.posted.filter(({ kind }) => kind === 'changed');
    await cloud.clock.moveTo(cloud.clock.now() + 1000);
    await expect.poll(changes).toMatchObject([{ view: { sequence: (await cloud.view()).sequence } }]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(changes()).toHaveLength(1);
  });

  it('says that a request stays unanswered when the engine breaks off', async () => {
    const cloud = await openTestCloud();
    const broken: Cloud = { ...cloud, fetch: () => Promise.reject(new Error('broke off')) };
    const { host, tab } = await hostOf(() => Promise.resolve(broken));
    host.receive(request, tab);
    const message = 'broke off';
    await expect.poll(() => tab.last()).toEqual({ kind: 'unanswered', to: 'tab', id: 7, message });
  });

  it('resets, and welcomes everybody to the new cloud', async () => {
    const cloud = await openTestCloud();
    const { host, tab, done } = await hostOf(() => Promise.resolve(cloud));
    host.receive({ kind: 'hello', from: 'tab' }, tab);
    host.receive(request, tab);
    await expect.poll(() => tab.posted.map(({ kind }) => kind)).toContain('observation');
    await expect.poll(() => tab.posted.map(({ kind }) => kind)).toContain('response');
    host.receive(command('reset'), tab);
    await expect.poll(() => tab.last()).toEqual({ kind: 'done', to: 'tab', id: 8 });
    expect(tab.posted.at(-2)).toMatchObject({ kind: 'welcome', recent: [], identities: cloud.identities() });
    expect(done).toEqual([]);
  });

  it('says why a scenario cannot be founded, with a cloud that has begun anew without it', async () => {
    const cloud = await openTestCloud();
    const { host, tab, done } = await hostOf(() => Promise.resolve(cloud));
    const keys = [{ spec: 'HMAC_256' as const, usage: 'ENCRYPT_DECRYPT' as const }];
    const scenario: Scenario = {
      version: 1,
      accounts: [{ accountId: '444455556666', principals: [], keys }],
    };
    host.receive({ ...command('reset'), founding: { scenario } }, tab);
    const failure = expect.stringContaining('accounts[0].keys[0]: CreateKey was refused') as string;
    await expect.poll(() => tab.last()).toEqual({ kind: 'done', to: 'tab', id: 8, failure });
    expect(tab.posted.at(-2)).toMatchObject({ kind: 'welcome', identities: cloud.identities() });
    expect(cloud.identities().map(({ name }) => name)).toContain('Ada');
    expect(done).toEqual([]);
  });

  it('deletes what cannot be reset, and makes way for a successor', async () => {
    const cloud = await openTestCloud();
    const stuck: Cloud = { ...cloud, reset: () => Promise.reject(new Error('stuck')) };
    const { host, tab, done } = await hostOf(() => Promise.resolve(stuck));
    host.receive(command('reset'), tab);
    await expect.poll(() => done).toEqual(['destroy', 'end']);
    expect(tab.last()).toEqual({ kind: 'done', to: 'tab', id: 8 });
  });

  it('tells trouble once, and its end, and tells it to who comes later', async () => {
    const cloud = await openTestCloud();
    let report: Parameters<HostOptions['open']>[0] = () => {};
    const { host, tab } = await hostOf((given) => {
      report = given;
      return Promise.resolve(cloud);
    });
    report(undefined);
    report('full');
    report('full');
    const late = recordingCarrier();
    host.receive({ kind: 'hello', from: 'late' }, late);
    await expect.poll(() => late.last()).toMatchObject({ trouble: 'full' });
    report(undefined);
    expect(tab.posted.filter(({ kind }) => kind === 'trouble')).toEqual([
      { kind: 'trouble', message: 'full' },
      { kind: 'trouble', message: undefined },
    ]);
  });
});

describe('a host of a cloud that cannot be opened', () => {
  const failing = () => hostOf(() => Promise.reject(new Error('the reason')));

  it('says why, to everybody and to who comes later', async () => {
    const { host, tab } = await failing();
    const failed = { kind: 'failed', engine: 'e1', message: 'the reason' };
    expect(tab.posted).toEqual([failed]);
    const late = recordingCarrier();
    host.receive({ kind: 'hello', from: 'late' }, late);
    expect(late.posted).toEqual([failed]);
  });

  it('leaves requests unanswered, salvages, and deletes everything on reset', async () => {
    const { host, tab, done } = await failing();
    host.receive(request, tab);
    await expect.poll(() => tab.last()).toMatchObject({ kind: 'unanswered', id: 7 });
    host.receive(command('salvage'), tab);
    await expect.poll(() => tab.last()).toMatchObject({ kind: 'done', salvaged: { keys: ['a key'] } });
    host.receive(command('reset'), tab);
    await expect.poll(() => done).toEqual(['destroy', 'end']);
  });

  it('says so when even deleting fails, and stays', async () => {
    const done: string[] = [];
    const { host, tab } = await hostOf(() => Promise.reject(new Error('the reason')), {
      destroy: () => Promise.reject(new Error('cannot delete')),
      end: () => void done.push('end'),
    });
    host.receive(command('reset'), tab);
    await expect.poll(() => tab.last()).toEqual({ kind: 'done', to: 'tab', id: 8, failure: 'cannot delete' });
    expect(done).toEqual([]);
  });
});

describe('a host that is asked for a backup', () => {
  const ask = (job: BackupJob): ToEngine => ({ kind: 'backup', from: 'tab', engine: 'e1', id: 9, job });
  const passphrase = 'correct horse battery staple';

  it('writes one, says what is in it, and welcomes everybody to the restored cloud', async () => {
    const cloud = await openTestCloud();
    const { host, tab } = await hostOf(() => Promise.resolve(cloud));
    await kms(cloud).createKey({});
    host.receive(ask({ do: 'write', passphrase }), tab);
    await expect
      .poll(() => tab.last(), { timeout: 30_000 })
      .toMatchObject({ kind: 'backed-up', to: 'tab', id: 9 });
    const { file } = tab.last() as ToTab & { kind: 'backed-up' };
    host.receive(ask({ do: 'inspect', passphrase, file: file! }), tab);
    await expect.poll(() => tab.last(), { timeout: 30_000 }).toMatchObject({ summary: { keys: 1 } });

    await kms(cloud).createKey({});
    host.receive(ask({ do: 'restore', passphrase, file: file! }), tab);
    await expect
      .poll(() => tab.posted.find((message) => message.kind === 'welcome' && message.view.keys === 1), {
        timeout: 30_000,
      })
      .toBeDefined();
    await expect.poll(() => tab.last(), { timeout: 30_000 }).toEqual({ kind: 'backed-up', to: 'tab', id: 9 });
  });

  it('says what is wrong with it', async () => {
    const cloud = await openTestCloud();
    const { host, tab } = await hostOf(() => Promise.resolve(cloud));
    host.receive(ask({ do: 'restore', passphrase, file: new Uint8Array(100) }), tab);
    await expect
      .poll(() => tab.last())
      .toMatchObject({ failure: 'This is not a backup of a Glass KMS cloud.' });
  });
});
