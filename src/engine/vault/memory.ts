import { journalLength, type Commit, type StoredRecord, type VaultAdapter } from './adapter.ts';
import { replacedError } from './failures.ts';
import { withoutImages } from './shredding.ts';

/** Keeps records while the process lasts. A vault opened again on the same adapter finds them. */
export function memoryAdapter(): VaultAdapter {
  const tables = new Map<string, Map<string, unknown>>();
  let commits: Commit[] = [];
  let sequence = 0;

  function apply({ table, key, after }: Commit['changes'][number]): void {
    let records = tables.get(table);
    if (!records) tables.set(table, (records = new Map<string, unknown>()));
    if (after === undefined) records.delete(key);
    else records.set(key, after);
  }

  return {
    durability: 'memory',

    load() {
      const records: StoredRecord[] = [];
      for (const [table, values] of tables)
        for (const [key, value] of values) records.push({ table, key, value });
      return Promise.resolve({ records, sequence });
    },

    append(commit) {
      if (commit.sequence !== sequence + 1) return Promise.reject(replacedError());
      sequence = commit.sequence;
      commit.changes.forEach(apply);
      const { shredded } = commit;
      if (shredded) commits = commits.map((older) => withoutImages(older, shredded));
      commits.push(commit);
      // Cut in halves, since taking one entry off the front costs as much as cutting.
      if (commits.length >= 2 * journalLength) commits = commits.slice(-journalLength);
      return Promise.resolve();
    },

    journal(after) {
      return Promise.resolve(commits.slice(-journalLength).filter((commit) => commit.sequence > after));
    },

    clear() {
      tables.clear();
      commits = [];
      sequence = 0;
      return Promise.resolve();
    },

    replace(next, first) {
      tables.clear();
      for (const { table, key, value } of next) apply({ table, key, before: undefined, after: value });
      commits = [first];
      sequence = first.sequence;
      return Promise.resolve();
    },

    close() {},
  };
}
