import type { Commit, RecordName } from './adapter.ts';

/**
 * What is left of an older journal entry when the journal is to forget all images of the shredded records. The
 * same entry when it had none of them.
 */
export function withoutImages(commit: Commit, shredded: readonly RecordName[]): Commit {
  const changes = commit.changes.filter((change) => !shredded.some((record) => isSame(change, record)));
  return changes.length === commit.changes.length ? commit : { ...commit, changes };
}

/** Whether both name the same record. */
export function isSame(one: RecordName, other: RecordName): boolean {
  return one.key === other.key && one.table === other.table;
}
