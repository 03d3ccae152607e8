import type { Commit, StoredRecord } from './adapter.ts';
import type { RecordTables } from './records.ts';

/** Names a table and the type of its values. */
export interface Table<Value> {
  readonly name: string;
  /** Never set; carries the type. */
  readonly valueType?: Value;
}

export function table<Value>(name: string): Table<Value> {
  return { name };
}

/** A range of a table's records in the order of their keys (by UTF-16 code units). */
export interface Range {
  /** Only keys that begin with this. */
  prefix?: string;
  /** Only keys after this one. */
  after?: string;
  /** At most so many. */
  limit?: number;
}

export interface Reader {
  get<Value>(table: Table<Value>, key: string): Value | undefined;
  list<Value>(table: Table<Value>, range?: Range): { key: string; value: Value }[];
  /** How many records have keys that begin with `prefix`. */
  count(table: Table<unknown>, prefix?: string): number;
}

/**
 * Reads see the transaction's own writes. Nothing is stored until the function given to `transact` returns.
 * Values are shared, not copied: whoever got or put one never changes it afterwards, but puts another.
 */
export interface Transaction extends Reader {
  put<Value>(table: Table<Value>, key: string, value: Value): void;
  delete(table: Table<unknown>, key: string): void;
  /**
   * Deletes a record for ever: neither this commit nor any older entry of the journal keeps an image of it. For
   * sealed keys, which must be gone when they are deleted.
   */
  shred(table: Table<unknown>, key: string): void;
}

/**
 * The storage layer. All records are held in memory, so reads cost no await; every write goes to the
 * adapter first and becomes readable when it is durable.
 */
export interface Vault extends Reader {
  readonly durability: 'memory' | 'durable';
  /** Of the last commit. */
  readonly sequence: number;
  /**
   * Runs `work` and commits what it wrote, atomically. If another commit changed something that `work`
   * read, it is run again from the start; it must have no effects but its writes, and must not wait
   * for the vault itself. A transaction that wrote nothing commits nothing, and is run again only when it
   * read both before and after such a change. Rejects with whatever `work` rejects with, or with
   * `VaultError` when the adapter cannot store; then nothing has changed.
   */
  transact<Result>(
    requestId: string,
    work: (transaction: Transaction) => Promise<Result> | Result,
  ): Promise<Result>;
  /** The same with nobody else committing meanwhile: for work that must not miss a commit. Everybody waits for it. */
  transactAlone<Result>(
    requestId: string,
    work: (transaction: Transaction) => Promise<Result> | Result,
  ): Promise<Result>;
  /**
   * Adds a record that may be made durable a little later, together with others: at the latest
   * after 250 ms, at the next commit, or on `flush`. Readable at once. For audit records.
   * When storing it fails it stays readable, and the next commit or `flush` tries again.
   */
  addLater<Value>(requestId: string, table: Table<Value>, key: string, value: Value): void;
  /** Resolves when everything added so far is durable; rejects with `VaultError` when it cannot be. */
  flush(): Promise<void>;
  /** The commits after sequence number `after` that the adapter still keeps, oldest first. */
  journal(after: number): Promise<Commit[]>;
  /** The records as the last commit has left them, for the caller to go back from, and the commits that are kept. */
  recall(): Promise<{ records: RecordTables; commits: Commit[] }>;
  /** Is told of each commit when it is durable and readable. Returns how to stop. */
  follow(follower: Follower): () => void;
  /** Forgets everything. Transactions under way run again, on an empty vault. */
  clear(): Promise<void>;
  /** Every record, as it is readable now. */
  all(): StoredRecord[];
  /**
   * Puts these records in the place of everything, the journal too, all or nothing. Transactions under way run again,
   * and followers hear that everything was forgotten.
   */
  replace(requestId: string, records: readonly StoredRecord[]): Promise<void>;
  /** Flushes and closes the adapter. Rejects as `flush` does, but is closed then too. */
  close(): Promise<void>;
}

/** Who wants to know what becomes of a vault. Must not throw. */
export interface Follower {
  committed(commit: Commit): void;
  /** Everything has been forgotten. */
  cleared?(): void;
}

/** Why the storage below failed; see `VaultError`. */
export type VaultFailure =
  /** The browser or the disk has no room left. */
  | 'quota'
  /** The database does not answer, or answers with an error of its own. */
  | 'broken'
  /** The stored data is not what we left there: another program wrote to it, or it was deleted. */
  | 'replaced'
  /** The vault was closed before the call. */
  | 'closed';

/** The storage failed. The message is meant for the learner. */
export class VaultError extends Error {
  override readonly name = 'VaultError';

  constructor(
    message: string,
    readonly failure: VaultFailure = 'broken',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
