import 'fake-indexeddb/auto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  journalLength,
  type Change,
  type Commit,
  type VaultAdapter,
} from '../../src/engine/vault/adapter.ts';
import { fileAdapter } from '../../src/endpoint/storage/file-adapter.ts';
import { indexedDbAdapter } from '../../src/engine/vault/indexeddb.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';

import { temporaryDirectory } from '../support/temporary-directory.ts';

let databases = 0;

/** How to make an adapter over new storage, and another one over the same. */
const kinds: {
  kind: string;
  make: () => Promise<{ adapter: VaultAdapter; again: () => Promise<VaultAdapter> }>;
}[] = [
  {
    kind: 'memory',
    make() {
      const adapter = memoryAdapter();
      return Promise.resolve({ adapter, again: () => Promise.resolve(adapter) });
    },
  },
  {
    kind: 'IndexedDB',
    async make() {
      const name = `vault-${databases++}`;
      return { adapter: await indexedDbAdapter(name), again: () => indexedDbAdapter(name) };
    },
  },
  {
    kind: 'file',
    async make() {
      const directory = join(await temporaryDirectory(), 'vault');
      const open = async () => {
        const adapter = await fileAdapter(directory);
        onTestFinished(() => adapter.close());
        return adapter;
      };
      return { adapter: await open(), again: open };
    },
  },
];

function commit(sequence: number, changes: Partial<Change>[] = []): Commit {
  return {
    sequence,
    time: sequence * 1000,
    requestIds: [`request-${sequence}`],
    changes: changes.map((change) => ({
      table: 't',
      key: 'k',
      before: undefined,
      after: undefined,
      ...change,
    })),
  };
}

describe.each(kinds)('the $kind adapter', ({ make }) => {
  it('is empty at first', async () => {
    const { adapter } = await make();
    expect(await adapter.load()).toEqual({ records: [], sequence: 0 });
    expect(await adapter.journal(0)).toEqual([]);
  });

  it('gives back, after it was opened again, what was put and not deleted since', async () => {
    const { adapter, again } = await make();
    const value = { bytes: new Uint8Array([1, 2]), list: [1, { deep: true }], text: 'ä\u0000' };
    await adapter.append(
      commit(1, [
        { key: 'a', after: value },
        { key: 'b', after: 'text' },
      ]),
      'strict',
    );
    await adapter.append(
      commit(2, [
        { key: 'b', before: 'text' },
        { table: 'u', key: 'a', after: 0 },
      ]),
      'relaxed',
    );
    const { records, sequence } = await (await again()).load();
    expect(sequence).toBe(2);
    expect(records.sort((one, other) => (one.table < other.table ? -1 : 1))).toEqual([
      { table: 't', key: 'a', value },
      { table: 'u', key: 'a', value: 0 },
    ]);
  });

  it('keeps the journal', async () => {
    const { adapter, again } = await make();
    const commits = [commit(1, [{ after: 'x' }]), commit(2, [{ before: 'x', after: 'y' }]), commit(3)];
    for (const each of commits) await adapter.append(each, 'strict');
    expect(await (await again()).journal(0)).toEqual(commits);
    expect(await adapter.journal(1)).toEqual(commits.slice(1));
    expect(await adapter.journal(3)).toEqual([]);
  });

  it('forgets every image of a record that a commit shreds, and no other', async () => {
    const { adapter, again } = await make();
    const other: Change = { table: 'u', key: 'k', before: undefined, after: 'stays' };
    const first = commit(1, [{ after: 'secret' }, other]);
    const second = commit(2, [{ before: 'secret', after: 'sealed anew' }]);
    const third: Commit = { ...commit(3, [{ before: undefined }]), shredded: [{ table: 't', key: 'k' }] };
    for (const each of [first, second, third]) await adapter.append(each, 'strict');
    const left = [{ ...first, changes: [other] }, { ...second, changes: [] }, third];
    expect(await adapter.journal(0)).toEqual(left);
    expect(await (await again()).journal(0)).toEqual(left);
    expect((await adapter.load()).records).toEqual([{ table: 'u', key: 'k', value: 'stays' }]);
  });

  it.each([0, 1, 3])('refuses a commit that is not the successor: %i after 1', async (sequence) => {
    const { adapter } = await make();
    await adapter.append(commit(1, [{ after: 'mine' }]), 'strict');
    const refused = adapter.append(commit(sequence, [{ after: 'theirs' }]), 'strict');
    await expect(refused).rejects.toMatchObject({ name: 'VaultError', failure: 'replaced' });
    expect(await adapter.load()).toMatchObject({ records: [{ value: 'mine' }], sequence: 1 });
    expect(await adapter.journal(1)).toEqual([]);
  });

  it('forgets everything when told to, and can be used on', async () => {
    const { adapter, again } = await make();
    await adapter.append(commit(1, [{ after: 'old' }]), 'strict');
    await adapter.clear();
    expect(await adapter.load()).toEqual({ records: [], sequence: 0 });
    await adapter.append(commit(1, [{ after: 'new' }]), 'strict');
    expect(await (await again()).load()).toMatchObject({ records: [{ value: 'new' }], sequence: 1 });
  });

  it('puts other records in the place of everything, and can be used on', async () => {
    const { adapter, again } = await make();
    await adapter.append(commit(1, [{ after: 'old' }]), 'strict');
    await adapter.append(commit(2, [{ key: 'other', after: 'old' }]), 'strict');
    const records = [{ table: 't', key: 'k', value: { bytes: new Uint8Array([7]) } }];
    await adapter.replace(records, commit(1));
    expect(await adapter.load()).toEqual({ records, sequence: 1 });
    expect(await adapter.journal(0)).toEqual([commit(1)]);
    await adapter.append(commit(2, [{ key: 'next', after: 'new' }]), 'strict');
    const reopened = await again();
    expect((await reopened.load()).records).toEqual([...records, { table: 't', key: 'next', value: 'new' }]);
    expect(await reopened.journal(0)).toHaveLength(2);
  });

  it(`keeps the last ${journalLength} commits in its journal, and all records`, async () => {
    const { adapter } = await make();
    const total = journalLength + 5;
    const appended: Promise<void>[] = [];
    for (let sequence = 1; sequence <= total; sequence++) {
      appended.push(
        adapter.append(commit(sequence, [{ key: String(sequence), after: sequence }]), 'relaxed'),
      );
      if (sequence % 500 === 0) await Promise.all(appended);
    }
    await Promise.all(appended);
    const journal = await adapter.journal(0);
    expect(journal).toHaveLength(journalLength);
    expect(journal[0]?.sequence).toBe(6);
    expect((await adapter.load()).records).toHaveLength(total);
  }, 60_000);
});

describe('the IndexedDB adapter, when things go wrong', () => {
  it('stores nothing of a commit with a value that cannot be stored', async () => {
    const name = `vault-${databases++}`;
    const adapter = await indexedDbAdapter(name);
    const impossible = commit(1, [
      { key: 'a', after: 'fine' },
      { key: 'b', after: () => 'code' },
    ]);
    await expect(adapter.append(impossible, 'strict')).rejects.toMatchObject({ failure: 'broken' });
    expect(await (await indexedDbAdapter(name)).load()).toEqual({ records: [], sequence: 0 });
    await adapter.append(commit(1, [{ key: 'a', after: 'fine' }]), 'strict');
  });

  it('notices that its database was deleted, instead of writing the rest of a cloud into a new one', async () => {
    const name = `vault-${databases++}`;
    const adapter = await indexedDbAdapter(name);
    await adapter.append(commit(1, [{ after: 'gone' }]), 'strict');
    await new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase(name);
      deleting.onsuccess = resolve;
      deleting.onerror = reject;
    });
    const refused = adapter.append(commit(2, [{ after: 'late' }]), 'strict');
    await expect(refused).rejects.toMatchObject({ failure: 'replaced' });
    expect(await adapter.load()).toEqual({ records: [], sequence: 0 });
  });

  it('refuses everything once it is closed', async () => {
    const adapter = await indexedDbAdapter(`vault-${databases++}`);
    adapter.close();
    await expect(adapter.load()).rejects.toMatchObject({ failure: 'closed' });
  });

  it('says that it cannot open where there is no IndexedDB', async () => {
    const { indexedDB: present } = globalThis;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      await expect(indexedDbAdapter()).rejects.toMatchObject({ name: 'VaultError', failure: 'broken' });
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', { value: present, configurable: true });
    }
  });
});
