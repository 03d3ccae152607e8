import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import {
  journalLength,
  type Commit,
  type Promptness,
  type StoredRecord,
  type VaultAdapter,
} from './adapter.ts';
import { asVaultError, replacedError } from './failures.ts';
import { VaultError } from './vault.ts';

interface VaultDatabase extends DBSchema {
  records: { key: [table: string, key: string]; value: StoredRecord };
  journal: { key: number; value: Commit };
}

/** The vault's database; the module has another one. */
export const vaultDatabaseName = 'glass-kms-vault';

/**
 * Keeps records in IndexedDB. One commit is one `readwrite` transaction over both stores, so a crash leaves
 * all of it or nothing (W3C Indexed Database API 3.0, §2.7 "Transactions").
 * @throws VaultError when the database cannot be opened, as in some private windows
 */
export async function indexedDbAdapter(name: string = vaultDatabaseName): Promise<VaultAdapter> {
  const connection = new Connection(name);
  await connection.use(() => Promise.resolve());
  return {
    durability: 'durable',
    load: () => connection.use(load),
    append: (commit, promptness) => connection.use((database) => append(database, commit, promptness)),
    journal: (after) =>
      connection.use((database) => database.getAll('journal', IDBKeyRange.lowerBound(after, true))),
    clear: () => connection.use(clear),
    close: () => connection.close(),
  };
}

/** A connection that is opened again where the browser has cut it, and speaks of failures in the learner's words. */
class Connection {
  readonly #name: string;
  #database: Promise<IDBPDatabase<VaultDatabase>> | undefined;
  #isClosed = false;

  constructor(name: string) {
    this.#name = name;
  }

  async use<Result>(work: (database: IDBPDatabase<VaultDatabase>) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new VaultError('This cloud has been closed. Reload the page.', 'closed');
    try {
      this.#database ??= this.#open();
      return await work(await this.#database);
    } catch (error) {
      // InvalidStateError: the browser has closed the connection, and did not always say so.
      if (error instanceof Error && error.name === 'InvalidStateError') this.#forget();
      throw asVaultError(error);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#forget();
  }

  #forget(): void {
    void this.#database?.then(
      (database) => database.close(),
      () => {},
    );
    this.#database = undefined;
  }

  #open(): Promise<IDBPDatabase<VaultDatabase>> {
    const opening = openDB<VaultDatabase>(this.#name, 1, {
      upgrade(database) {
        database.createObjectStore('records', { keyPath: ['table', 'key'] });
        database.createObjectStore('journal', { keyPath: 'sequence' });
      },
      // Without this, somebody who deletes the database would wait for this connection for ever.
      blocking: () => this.#forget(),
      terminated: () => this.#forget(),
    });
    // The next use tries again.
    opening.catch(() => (this.#database = undefined));
    return opening;
  }
}

async function load(
  database: IDBPDatabase<VaultDatabase>,
): Promise<{ records: StoredRecord[]; sequence: number }> {
  const transaction = database.transaction(['records', 'journal'], 'readonly');
  const [records, last] = await Promise.all([
    transaction.objectStore('records').getAll(),
    transaction.objectStore('journal').openKeyCursor(null, 'prev'),
  ]);
  return { records, sequence: last?.key ?? 0 };
}

async function append(
  database: IDBPDatabase<VaultDatabase>,
  commit: Commit,
  durability: Promptness,
): Promise<void> {
  const transaction = database.transaction(['records', 'journal'], 'readwrite', { durability });
  // The reason of an abort is told by `done`; what the single requests say is only that it came.
  const done = heard(transaction.done);
  try {
    const records = transaction.objectStore('records');
    const journal = transaction.objectStore('journal');
    // All requests go out together: a page that is closing may not live to see the first one answered.
    const last = heard(journal.openKeyCursor(null, 'prev'));
    void heard(journal.put(commit));
    void heard(journal.delete(commit.sequence - journalLength));
    for (const { table, key, after: value } of commit.changes) {
      void heard(value === undefined ? records.delete([table, key]) : records.put({ table, key, value }));
    }
    if (((await last)?.key ?? 0) !== commit.sequence - 1) throw replacedError();
  } catch (error) {
    // A value that cannot be cloned is refused when it is put, with the changes before it already under way.
    abort(transaction);
    throw error;
  }
  await done;
}

async function clear(database: IDBPDatabase<VaultDatabase>): Promise<void> {
  const transaction = database.transaction(['records', 'journal'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    transaction.objectStore('records').clear(),
    transaction.objectStore('journal').clear(),
    transaction.done,
  ]);
}

/** The same promise, whose rejection need not be waited for. */
function heard<Result>(promise: Promise<Result>): Promise<Result> {
  promise.catch(() => {});
  return promise;
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has been aborted already, by the failure that brought us here.
  }
}
