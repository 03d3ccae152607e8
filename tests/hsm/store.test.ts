import { indexedDB } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { newDomainKey } from '../../src/engine/hsm/domain.ts';
import { indexedDbHsmStore } from '../../src/engine/hsm/store/indexeddb.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { HsmStoreError, type HsmStore } from '../../src/engine/hsm/store/store.ts';
import { accepted, ciphers, newToken, openTestHsm, refusal, startTime } from './support.ts';

let databases = 0;

/** The real IndexedDB is tested in a browser, with the whole site. */
const adapters = [
  {
    name: 'memory',
    durability: 'memory',
    /** Opens the same store twice, as two modules would. */
    open(): Promise<[HsmStore, HsmStore]> {
      const store = memoryHsmStore();
      return Promise.resolve([store, store]);
    },
  },
  {
    name: 'IndexedDB',
    durability: 'durable',
    open(): Promise<[HsmStore, HsmStore]> {
      const name = `hsm-store-test-${databases++}`;
      return Promise.all([indexedDbHsmStore(name), indexedDbHsmStore(name)]);
    },
  },
] as const;

const newKey = () => newDomainKey(manualClock(startTime), systemRandomness);

describe.each(adapters)('the $name store', (adapter) => {
  let store: HsmStore;
  let sameStore: HsmStore;

  beforeEach(async () => {
    [store, sameStore] = await adapter.open();
  });

  afterEach(() => {
    store.close();
    sameStore.close();
  });

  test('says how long it lasts', () => {
    expect(store.durability).toBe(adapter.durability);
  });

  test('keeps the first domain key, and only that', async () => {
    const first = await newKey();
    expect((await store.establish(first)).id).toBe(first.id);
    expect((await store.establish(await newKey())).id).toBe(first.id);
    expect(await sameStore.establish(await newKey())).toMatchObject({ id: first.id, created: startTime });
  });

  test('gives everyone who starts at once the same domain key', async () => {
    const candidates = await Promise.all(Array.from({ length: 10 }, newKey));
    const kept = await Promise.all(
      candidates.map((candidate, index) => (index % 2 ? store : sameStore).establish(candidate)),
    );
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  });

  test('modules that start at once open each other’s tokens', async () => {
    const [one, other] = await Promise.all([openTestHsm(store), openTestHsm(sameStore)]);
    const token = await newToken(one);
    const plaintext = Buffer.from('x');
    const { ciphertext } = accepted(await one.encrypt({ ...ciphers, token, plaintext }));
    accepted(await other.decrypt({ ...ciphers, token, ciphertext }));
  });

  test('replaces the domain key for good', async () => {
    const old = await newKey();
    await store.establish(old);
    const next = await newKey();
    await store.replace(next);
    expect((await sameStore.establish(old)).id).toBe(next.id);
  });

  test('gives the key back unable to leave', async () => {
    await store.establish(await newKey());
    const { key } = await sameStore.establish(await newKey());
    expect(key).toMatchObject({ extractable: false, usages: ['wrapKey', 'unwrapKey'] });
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  test('zeroise forgets what was sealed before, across a restart', async () => {
    const hsm = await openTestHsm(store);
    const token = await newToken(hsm);
    await hsm.zeroise();
    const again = await openTestHsm(sameStore);
    const result = await again.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') });
    expect(refusal(result)).toBe('TOKEN_REJECTED');
  });
});

test('a store that was closed fails with a clear message', async () => {
  const store = await indexedDbHsmStore('hsm-closed');
  store.close();
  await expect(store.replace(await newKey())).rejects.toThrow(HsmStoreError);
  await expect(openTestHsm(store)).rejects.toThrow(/^The cryptographic module cannot read its store: ./);
});

test('an open store does not keep its database from being deleted', async () => {
  await indexedDbHsmStore('hsm-deleted');
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase('hsm-deleted');
    request.onsuccess = resolve;
    request.onblocked = () => reject(new Error('blocked'));
  });
});

test('a database of a newer version is left alone, with a clear message', async () => {
  await new Promise((resolve) => {
    indexedDB.open('hsm-newer', 2).onsuccess = resolve;
  });
  await expect(indexedDbHsmStore('hsm-newer')).rejects.toThrow(HsmStoreError);
});
