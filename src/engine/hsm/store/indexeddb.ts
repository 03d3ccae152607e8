import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { HsmStoreError, type DomainKey, type HsmStore } from './store.ts';

interface HsmDatabase extends DBSchema {
  'domain-keys': { key: 'active'; value: DomainKey };
}

/** The module's database; the vault has another one. */
export const hsmDatabaseName = 'glass-kms-hsm';

/**
 * A store in IndexedDB. The structured clone algorithm keeps a `CryptoKey` as it is: non-extractable, and
 * never as bytes that scripts could read (Web Cryptography API, "Structured Clone").
 * @throws HsmStoreError when the database cannot be opened, as in some private windows
 */
export async function indexedDbHsmStore(name: string = hsmDatabaseName): Promise<HsmStore> {
  const database = await guarded('open', () => openDatabase(name));
  return {
    durability: 'durable',
    establish: (candidate) => guarded('read', () => establish(database, candidate)),
    replace: (next) => guarded('write', () => replace(database, next)),
    close: () => database.close(),
  };
}

function openDatabase(name: string): Promise<IDBPDatabase<HsmDatabase>> {
  return openDB<HsmDatabase>(name, 1, {
    upgrade: (database) => void database.createObjectStore('domain-keys'),
    // Without this, somebody who deletes the site's data would wait for this connection for ever.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

async function establish(database: IDBPDatabase<HsmDatabase>, candidate: DomainKey): Promise<DomainKey> {
  // A transaction ends by itself while something else is awaited, so nothing but its own requests is.
  const transaction = database.transaction('domain-keys', 'readwrite', { durability: 'strict' });
  const present = await transaction.store.get('active');
  if (present === undefined) await transaction.store.put(candidate, 'active');
  await transaction.done;
  return present ?? candidate;
}

async function replace(database: IDBPDatabase<HsmDatabase>, next: DomainKey): Promise<void> {
  const transaction = database.transaction('domain-keys', 'readwrite', { durability: 'strict' });
  await Promise.all([transaction.store.put(next, 'active'), transaction.done]);
}

async function guarded<Result>(verb: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HsmStoreError(`The cryptographic module cannot ${verb} its store: ${reason}`, { cause });
  }
}
