import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { DomainView, MemberView } from '../../src/engine/hsm/hsm.ts';
import { hsmDatabaseName } from '../../src/engine/hsm/store/indexeddb.ts';
import {
  attemptsFromPage,
  moduleDatabaseName,
} from '../../src/lib/glass/pictures/hsm/bench/page-attempts.ts';
import { callScene } from '../../src/lib/glass/pictures/hsm/call/lives.ts';
import { conditionOf } from '../../src/lib/glass/pictures/hsm/domain/condition.ts';
import { tallyOf } from '../../src/lib/glass/pictures/hsm/operators/tally.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { observedRequests } from './requests.ts';

const members = (...states: MemberView['state'][]): MemberView[] =>
  states.map((state, index) => ({ name: `hsm-${index}`, state }) as MemberView);

describe('a domain', () => {
  it('is in service, waits for the safe, or is lost', () => {
    expect(conditionOf({ members: members('lost', 'in-service', 'lost', 'offline') })).toBe('in-service');
    expect(conditionOf({ members: members('lost', 'tampered', 'lost', 'offline') })).toBe('only-safe');
    expect(conditionOf({ members: members('lost', 'tampered', 'lost', 'tampered') })).toBe('lost');
  });
});

describe('a quorum', () => {
  const domain = (...states: MemberView['state'][]) =>
    ({
      members: members(...states),
      operators: [
        { name: 'Ines', role: 'KMS operator' },
        { name: 'Jonas', role: 'KMS operator' },
        { name: 'Lena', role: 'security officer' },
      ],
      rules: [
        { command: 'replace a module', needs: { 'KMS operator': 2 } },
        { command: 'replace a module from the safe', needs: { 'KMS operator': 1, 'security officer': 1 } },
      ],
    }) as Pick<DomainView, 'members' | 'operators' | 'rules'>;

  it('is counted by role against the rule that holds now', () => {
    const ordinary = domain('lost', 'in-service');
    expect(tallyOf(ordinary, ['Ines', 'Lena'])).toMatchObject({
      command: 'replace a module',
      roles: [{ role: 'KMS operator', needed: 2, signed: 1 }],
      met: false,
    });
    expect(tallyOf(ordinary, ['Ines', 'Jonas']).met).toBe(true);
    const dark = domain('lost', 'lost', 'offline');
    expect(tallyOf(dark, ['Ines', 'Jonas'])).toMatchObject({
      command: 'replace a module from the safe',
      met: false,
    });
    expect(tallyOf(dark, ['Ines', 'Lena']).met).toBe(true);
  });
});

describe('a call in the module', () => {
  it('shows the per-call key derived, used once and forgotten, inside the lives of the others', async () => {
    const { encrypt, decrypt } = await observedRequests();
    for (const { trace } of [encrypt, decrypt]) {
      const { steps, lives } = callScene(trace);
      const life = (kind: string) => lives.find((each) => each.kind === kind)!;
      expect(steps.length).toBeGreaterThan(2);
      expect(life('domain')).toMatchObject({ before: true, after: true, from: 0, to: steps.length - 1 });
      expect(life('backing')).toMatchObject({ after: true, to: steps.length - 1 });
      const call = life('call');
      expect(call).toMatchObject({ before: false, after: false });
      expect(call.from).toBeGreaterThanOrEqual(life('backing').from);
      expect(call.uses).toHaveLength(1);
      expect(steps[call.to]!.step.title).toBe('The per-call key is forgotten.');
    }
  });

  it('shows a backing key that is made and sealed, and then gone from memory', async () => {
    const { createKey } = await observedRequests();
    const { lives, steps } = callScene(createKey.trace);
    expect(lives.map(({ kind }) => kind)).toEqual(['domain', 'backing']);
    expect(lives[1]).toMatchObject({ from: 0, before: false, after: false });
    expect(steps.flatMap(({ comesOut }) => comesOut.map(({ name }) => name))).toContain('Exported key token');
  });

  it('lets no key cross the boundary but sealed', async () => {
    const requests = await observedRequests();
    const out = Object.values(requests).flatMap(({ trace }) =>
      callScene(trace).steps.flatMap(({ comesOut }) => comesOut.map(({ name }) => name)),
    );
    expect(out).not.toContain('Backing key');
    expect(out).not.toContain('Per-call key');
    expect(out).toContain('Ciphertext blob');
  });

  it('is empty for a request that stopped before the module', async () => {
    const { mallory } = await observedRequests();
    expect(callScene(mallory.trace)).toEqual({ steps: [], lives: [] });
  });
});

describe('a call that finds no module', () => {
  it('draws no key in it', async () => {
    const cloud = await openTestCloud();
    const client = kms(cloud);
    const { KeyMetadata } = await client.createKey({});
    await cloud.operate({
      act: 'LoseModules',
      region: 'us-east-1',
      members: ['hsm-a', 'hsm-b', 'hsm-c'],
    });
    const traces: TraceRecord[] = [];
    const stop = cloud.observe(({ trace }) => void traces.push(trace));
    await expect(
      client.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: new Uint8Array(4) }),
    ).rejects.toThrow();
    stop();
    const { steps, lives } = callScene(traces.at(-1)!);
    expect(steps.map(({ step }) => step.outcome)).toEqual(['refused']);
    expect(lives).toEqual([]);
  });
});

describe('the page’s own attempts', () => {
  it('look where the module keeps its keys', () => {
    expect(moduleDatabaseName).toBe(hsmDatabaseName);
  });

  it('make no database that was not there', async () => {
    const attempts = await attemptsFromPage('no such database');
    expect(attempts).toMatchObject([{ outcome: 'refused', error: { name: 'AbortError' } }]);
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('no such database');
  });

  it('find what is there by reading, and no handle where there is none', async () => {
    const database = await openDB('plain', 1, {
      upgrade: (opened) => void opened.createObjectStore('things'),
    });
    await database.put('things', { text: 'no key' }, 'one');
    database.close();
    expect(await attemptsFromPage('plain')).toMatchObject([{ outcome: 'got-through' }]);
  });
});
