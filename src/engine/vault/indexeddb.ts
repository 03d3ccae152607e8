import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import {
  journalLength,
  type Commit,
  type Promptness,
  type RecordName,
  type StoredRecord,
  type VaultAdapter,
} from './adapter.ts';
import { asVaultError, replacedError } from './failures.ts';
import { withoutImages } from './shredding.ts';
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
    replace: (next, first) => connection.use((database) => replace(database, next, first)),
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
  const records = transaction.objectStore('records');
  const journal = transaction.objectStore('journal');
  // All requests go out together: a page that is closing may not live to see the first one answered.
  const isSuccessor = journal.openKeyCursor(null, 'prev').then((last) => {
    const answer = (last?.key ?? 0) === commit.sequence - 1;
    if (!answer) transaction.abort();
    return answer;
  });
  // Why a transaction failed is told by `done`; the single requests then say only that it was aborted.
  ignoreRejection(transaction.done);
  ignoreRejection(isSuccessor);
  try {
    if (commit.shredded) ignoreRejection(forgetImages(journal, commit.sequence, commit.shredded));
    ignoreRejection(journal.put(commit));
    ignoreRejection(journal.delete(commit.sequence - journalLength));
    for (const { table, key, after: value } of commit.changes) {
      ignoreRejection(
        value === undefined ? records.delete([table, key]) : records.put({ table, key, value }),
      );
    }
  } catch (error) {
    // A value that cannot be cloned is refused when it is put, with the changes before it already under way.
    transaction.abort();
    throw error;
  }
  try {
    await transaction.done;
  } catch (error) {
    throw (await isSuccessor.catch(() => true)) ? error : replacedError();
  }
}

type Journal = IDBPObjectStore<VaultDatabase, ['records', 'journal'], 'journal', 'readwrite'>;

/** In the entries before `sequence`, one by one, since a whole journal may be too much for the memory at once. */
async function forgetImages(
  journal: Journal,
  sequence: number,
  shredded: readonly RecordName[],
): Promise<void> {
  const older = IDBKeyRange.upperBound(sequence, true);
  for (let entry = await journal.openCursor(older); entry; entry = await entry.continue()) {
    const left = withoutImages(entry.value, shredded);
    if (left !== entry.value) ignoreRejection(entry.update(left));
  }
}

async function clear(database: IDBPDatabase<VaultDatabase>): Promise<void> {
  const transaction = database.transaction(['records', 'journal'], 'readwrite', { durability: 'strict' });
  await Promise.all([
    transaction.objectStore('records').clear(),
    transaction.objectStore('journal').clear(),
    transaction.done,
  ]);
}

async function replace(
  database: IDBPDatabase<VaultDatabase>,
  next: readonly StoredRecord[],
  first: Commit,
): Promise<void> {
  const transaction = database.transaction(['records', 'journal'], 'readwrite', { durability: 'strict' });
  const [records, journal] = [transaction.objectStore('records'), transaction.objectStore('journal')];
  ignoreRejection(transaction.done);
  try {
    for (const clearing of [records.clear(), journal.clear()]) ignoreRejection(clearing);
    ignoreRejection(journal.put(first));
    for (const record of next) ignoreRejection(records.put(record));
  } catch (error) {
    // A value that cannot be cloned; what was before it must not stand alone.
    transaction.abort();
    throw error;
  }
  await transaction.done;
}

/** Its failure is told elsewhere. */
function ignoreRejection(promise: Promise<unknown>): void {
  promise.catch(() => {});
}
