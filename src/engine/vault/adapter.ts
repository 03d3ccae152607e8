/** One record. Values are plain data that the structured clone algorithm can copy. */
export interface StoredRecord {
  table: string;
  key: string;
  value: unknown;
}

/** One put or delete, with what stood there before (`undefined`: nothing). */
export interface Change {
  table: string;
  key: string;
  before: unknown;
  /** `undefined` deletes the record. */
  after: unknown;
}

/** One atomic step in the life of the vault: a journal entry. */
export interface Commit {
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  /** Milliseconds since the Unix epoch. */
  time: number;
  /** The requests whose work this commit holds: one for a mutation, several for group-committed audit records. */
  requestIds: string[];
  changes: Change[];
  /** Records of which nothing is to be left, the images in older journal entries included. */
  shredded?: readonly RecordName[];
}

/** Names one record. */
export type RecordName = Pick<Change, 'table' | 'key'>;

export type Promptness = 'strict' | 'relaxed';

/**
 * How many commits the journal keeps. Undo reaches that far back; without a bound every audit record
 * would be stored twice for ever. An older part is missing when the first entry that `journal` gives
 * does not have the number asked for.
 */
export const journalLength = 10_000;

/**
 * Where a vault's records last: memory, IndexedDB, a file. One suite of tests runs against each
 * (`tests/vault/adapter.test.ts`).
 */
export interface VaultAdapter {
  /** `memory` forgets everything when its process ends; a page says so to the learner. */
  readonly durability: 'memory' | 'durable';
  /** Every record, and the sequence number of the last commit (0 for a new vault). */
  load(): Promise<{ records: StoredRecord[]; sequence: number }>;
  /**
   * Stores all of a commit's changes and its journal entry, or nothing. Resolves when they are durable:
   * `strict` is on the disk itself; `relaxed` may still wait in the operating system's buffers, so it
   * survives the end of our process, not a power cut. Rejects with `VaultError` when it cannot store, and
   * when `commit.sequence` is not the successor of what is stored: somebody else has written or cleared.
   * Drops the journal entry that is `journalLength` commits old. Replaces every kept entry that has changes of
   * records that `commit` shreds by what `withoutImages` leaves of it, in the same step.
   */
  append(commit: Commit, promptness: Promptness): Promise<void>;
  /** The journal entries that are kept after sequence number `after`, oldest first. */
  journal(after: number): Promise<Commit[]>;
  /** Forgets everything: records and journal. */
  clear(): Promise<void>;
  /**
   * Puts these records in the place of everything, all or nothing; the journal begins anew with `first`, which has
   * number 1 and no changes.
   */
  replace(records: readonly StoredRecord[], first: Commit): Promise<void>;
  close(): void;
}
