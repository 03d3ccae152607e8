import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import type { StoredDomain } from './domain-record.ts';
import {
  guarded,
  isNext,
  requireSameModule,
  secretNames,
  type Founding,
  type HsmStore,
  type Kept,
  type MakeSecret,
  type Secret,
  type Staged,
} from './store.ts';

interface HsmDatabase extends DBSchema {
  module: { key: 'founding'; value: Founding & { starts: number } };
  secrets: { key: string; value: Secret };
  /** By Region. */
  domains: { key: string; value: StoredDomain };
  staged: { key: 'module'; value: Staged };
}

const storeNames = ['module', 'secrets', 'domains', 'staged'] as const;

/** Version 1: one domain key for all Regions. */
interface FirstDatabase extends DBSchema {
  'domain-keys': { key: 'active'; value: Secret };
}

/** Version 2: a domain key for each Region, among the secrets. Version 3: domains. */
const version = 4;

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
    keepsBytes: false,
    start: (candidate) => guarded('read', () => start(database, candidate)),
    establish: (moduleId, secretName, make) =>
      guarded('write', () => establish(database, moduleId, secretName, make)),
    keepDomain: (moduleId, next, forget) =>
      guarded('write', () => keepDomain(database, moduleId, next, forget)),
    stage: (next) =>
      guarded('write', async () => {
        const transaction = writing(database);
        await Promise.all([transaction.objectStore('staged').put(next, 'module'), transaction.done]);
      }),
    adopt: (moduleId) => guarded('write', () => adopt(database, moduleId)),
    refound: (next) => guarded('write', () => refound(database, next)),
    close: () => database.close(),
  };
}

function openDatabase(name: string): Promise<IDBPDatabase<HsmDatabase>> {
  return openDB<HsmDatabase>(name, version, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      for (const name of storeNames) {
        if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
      }
      // Half an upgrade is none: then the database stays as it was, and does not open.
      if (oldVersion === 1) adoptFirstVersion(transaction).catch(() => transaction.abort());
    },
    // Without this, somebody who deletes the site's data would wait for this connection for ever.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
}

/** The old domain key still has to open the tokens that it sealed. The cloud above knows the module by its id. */
async function adoptFirstVersion(
  transaction: IDBPTransaction<HsmDatabase, StoreNames<HsmDatabase>[], 'versionchange'>,
): Promise<void> {
  const first = transaction as unknown as IDBPTransaction<
    FirstDatabase & HsmDatabase,
    ('domain-keys' | StoreNames<HsmDatabase>)[],
    'versionchange'
  >;
  const active = await first.objectStore('domain-keys').get('active');
  first.db.deleteObjectStore('domain-keys');
  if (active === undefined) return;
  await first.objectStore('module').put({ moduleId: active.id, starts: 0 }, 'founding');
  await first.objectStore('secrets').put(active, secretNames.sharedDomainKey);
}

// A transaction ends by itself while something else is awaited, so nothing but its own requests is.

async function start(database: IDBPDatabase<HsmDatabase>, candidate: Founding): Promise<Kept> {
  const transaction = writing(database);
  const module = transaction.objectStore('module');
  const secrets = transaction.objectStore('secrets');
  const { starts, ...founding } = (await module.get('founding')) ?? { ...candidate, starts: 0 };
  await module.put({ ...founding, starts: starts + 1 }, 'founding');
  const [names, values, domains] = await Promise.all([
    ...([secrets.getAllKeys(), secrets.getAll(), transaction.objectStore('domains').getAll()] as const),
  ]);
  await transaction.done;
  return {
    founding,
    starts: starts + 1,
    secrets: new Map(names.map((name, index) => [name, values[index]!] as const)),
    domains: new Map(domains.map((domain) => [domain.region, domain] as const)),
  };
}

async function establish(
  database: IDBPDatabase<HsmDatabase>,
  moduleId: string,
  name: string,
  make: MakeSecret,
): Promise<Secret> {
  const candidate = (await database.get('secrets', name)) ?? (await make(false));
  const transaction = writing(database);
  const secrets = transaction.objectStore('secrets');
  requireSameModule(await transaction.objectStore('module').get('founding'), moduleId);
  const present = await secrets.get(name);
  if (present === undefined) await secrets.put(candidate, name);
  await transaction.done;
  return present ?? candidate;
}

async function keepDomain(
  database: IDBPDatabase<HsmDatabase>,
  moduleId: string,
  next: StoredDomain,
  forget: readonly string[] = [],
): Promise<StoredDomain> {
  const transaction = writing(database);
  const domains = transaction.objectStore('domains');
  requireSameModule(await transaction.objectStore('module').get('founding'), moduleId);
  const present = await domains.get(next.region);
  const isKept = isNext(present?.revision, next);
  if (isKept) {
    await domains.put(next, next.region);
    for (const name of forget) await transaction.objectStore('secrets').delete(name);
  }
  await transaction.done;
  return isKept ? next : present!;
}

async function adopt(database: IDBPDatabase<HsmDatabase>, moduleId: string): Promise<Kept | undefined> {
  const transaction = writing(database);
  const [secrets, domains] = [transaction.objectStore('secrets'), transaction.objectStore('domains')];
  const staged = await transaction.objectStore('staged').get('module');
  const work: Promise<unknown>[] = [transaction.objectStore('staged').clear(), transaction.done];
  if (staged?.founding.moduleId !== moduleId) {
    await Promise.all(work);
    return undefined;
  }
  const starts = staged.starts + 1;
  work.push(
    ...[secrets.clear(), domains.clear()],
    transaction.objectStore('module').put({ ...staged.founding, starts }, 'founding'),
    ...staged.domains.map((domain) => domains.put(domain, domain.region)),
  );
  await Promise.all(work);
  return {
    ...{ founding: staged.founding, starts, secrets: new Map() },
    domains: new Map(staged.domains.map((domain) => [domain.region, domain] as const)),
  };
}

async function refound(database: IDBPDatabase<HsmDatabase>, next: Founding): Promise<void> {
  const transaction = writing(database);
  await Promise.all([
    transaction.objectStore('secrets').clear(),
    transaction.objectStore('domains').clear(),
    transaction.objectStore('staged').clear(),
    transaction.objectStore('module').put({ ...next, starts: 1 }, 'founding'),
    transaction.done,
  ]);
}

function writing(database: IDBPDatabase<HsmDatabase>) {
  return database.transaction(storeNames, 'readwrite', { durability: 'strict' });
}
