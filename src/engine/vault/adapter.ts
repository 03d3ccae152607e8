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
}

/**
 * Where a vault's records last: memory, IndexedDB, a file. One suite of tests runs against each
 * (`tests/vault/adapter.test.ts`).
 */
export interface VaultAdapter {
  /** `memory` forgets everything when its process ends; a page says so to the learner. */
  readonly durability: 'memory' | 'durable';
  /** Every record, and the sequence number of the last commit (0 for a new vault). */
  load(): Promise<{ records: StoredRecord[]; sequence: number }>;
  /** Stores all of a commit's changes and its journal entry, or nothing. Resolves when they are durable. */
  append(commit: Commit): Promise<void>;
  /** Journal entries after sequence number `after`, oldest first. */
  journal(after: number): Promise<Commit[]>;
  /** Forgets everything: records and journal. */
  clear(): Promise<void>;
  close(): void;
}
