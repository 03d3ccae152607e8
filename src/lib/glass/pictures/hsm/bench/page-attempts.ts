import { openDB, type IDBPDatabase } from 'idb';
import type { Attempt } from '$engine/hsm/hsm.ts';
import { benchText } from '$lib/strings/hsm-bench.ts';

/** Where the HSM's worker keeps its keys; the same as the engine's `hsmDatabaseName`, as a test shows. */
export const moduleDatabaseName = 'glass-kms-hsm';

/** A handle found in the module's database. */
export interface FoundHandle {
  /** Where it stood: `domains: us-east-1, members, 0, keys, agreement, key`. */
  path: string;
  key: CryptoKey;
}

/**
 * Tries from this page, without any help of the engine, what an intruding script of the same origin would: read the
 * module's database, and export what is there. Never rejects, and never makes a database that was not there.
 */
export async function attemptsFromPage(name = moduleDatabaseName): Promise<Attempt[]> {
  const reading = {
    name: benchText.read.name,
    code: `const database = await openDB('${name}');\nconst found = await database.getAll(store); // each store`,
  };
  let found: FoundHandle[];
  try {
    found = await handlesIn(name);
  } catch (error) {
    return [{ ...reading, outcome: 'refused', error: errorOf(error), why: benchText.read.absent }];
  }
  return [
    { ...reading, outcome: 'got-through', got: benchText.read.got(found.length), why: benchText.read.why },
    ...(await exports(found)),
    ...(await uses(found)),
  ];
}

async function handlesIn(name: string): Promise<FoundHandle[]> {
  const database = await openDB(name, undefined, {
    // There was none: then none is made.
    upgrade(_database, _old, _new, transaction) {
      // `openDB` tells of it.
      transaction.done.catch(() => {});
      transaction.abort();
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  try {
    return await handlesOf(database);
  } finally {
    database.close();
  }
}

async function handlesOf(database: IDBPDatabase): Promise<FoundHandle[]> {
  const found: FoundHandle[] = [];
  for (const store of database.objectStoreNames) {
    const [keys, values] = await Promise.all([database.getAllKeys(store), database.getAll(store)]);
    values.forEach((value: unknown, index) =>
      collect(value, `${store}, ${JSON.stringify(keys[index])}`, found),
    );
  }
  return found;
}

/** Every handle in a value, however deep. */
function collect(value: unknown, path: string, found: FoundHandle[]): void {
  if (value instanceof CryptoKey) found.push({ path, key: value });
  else if (Array.isArray(value) || (typeof value === 'object' && value?.constructor === Object)) {
    for (const [name, member] of Object.entries(value)) collect(member, `${path}, ${name}`, found);
  }
}

/** Handles of one kind: what they are for decides how they could be exported. */
const kindOf = ({ key }: FoundHandle): string =>
  `${key.algorithm.name}, ${key.usages.join(' and ') || key.type}`;

async function exports(found: readonly FoundHandle[]): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  // A public key is no secret, and may be exported.
  const secrets = found.filter(({ key }) => key.type !== 'public');
  for (const kind of new Set(secrets.map(kindOf))) {
    const secret = secrets.filter((handle) => kindOf(handle) === kind);
    const format = secret[0]!.key.type === 'secret' ? 'raw' : 'pkcs8';
    const results = await Promise.all(
      secret.map(({ key }) => tried(() => crypto.subtle.exportKey(format, key))),
    );
    const through = results.find(({ outcome }) => outcome === 'got-through');
    attempts.push({
      name: benchText.exporting.name(kind, secret.length),
      code: `await crypto.subtle.exportKey('${format}', handle); // ${secret[0]!.path}`,
      ...(through ?? results[0]!),
      why: benchText.exporting.why,
    });
  }
  return attempts;
}

/** What a thief of handles can do without exporting them. */
async function uses(found: readonly FoundHandle[]): Promise<Attempt[]> {
  const signing = found.find(({ key }) => key.algorithm.name === 'ECDSA' && key.usages.includes('sign'));
  if (!signing) return [];
  const algorithm = { name: 'ECDSA', hash: 'SHA-384' };
  const message = new TextEncoder().encode('anything');
  return [
    {
      name: benchText.using.name,
      code: `await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-384' }, handle, message); // ${signing.path}`,
      ...(await tried(() => crypto.subtle.sign(algorithm, signing.key, message))),
      why: benchText.using.why,
    },
  ];
}

async function tried(work: () => Promise<ArrayBuffer>): Promise<Pick<Attempt, 'outcome' | 'error' | 'got'>> {
  try {
    const { byteLength } = await work();
    return { outcome: 'got-through', got: benchText.bytes(byteLength) };
  } catch (error) {
    return { outcome: 'refused', error: errorOf(error) };
  }
}

function errorOf(error: unknown): { name: string; message: string } {
  return error instanceof Error || error instanceof DOMException
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
