import 'fake-indexeddb/auto';
import { indexedDB } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { Domain } from '../../src/engine/hsm/domain.ts';
import { openDomainKeys, readToken } from '../../src/engine/hsm/fleet/domain-token.ts';
import { newDomain, newOperators } from '../../src/engine/hsm/fleet/new-domain.ts';
import type { ExportedKeyToken } from '../../src/engine/hsm/hsm.ts';
import { makeDomainKey, makeSigningKey } from '../../src/engine/hsm/long-lived-keys.ts';
import { bytesHsmStore, type BytesIo } from '../../src/engine/hsm/store/bytes.ts';
import type { StoredDomain } from '../../src/engine/hsm/store/domain-record.ts';
import { indexedDbHsmStore } from '../../src/engine/hsm/store/indexeddb.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import {
  HsmStoreError,
  secretNames,
  type HsmStore,
  type MakeSecret,
  type Secret,
} from '../../src/engine/hsm/store/store.ts';
import { carriedOut, region } from './fleet-support.ts';
import {
  accepted,
  asNew,
  ciphers,
  keyArn,
  newToken,
  openTestHsm,
  otherRegionKeyArn,
  refusal,
  startTime,
} from './support.ts';

let databases = 0;

/** A file that is there for the length of a test. */
function memoryIo(content?: Uint8Array): BytesIo & { content: Uint8Array | undefined } {
  return {
    content,
    read() {
      return Promise.resolve(this.content);
    },
    async write(bytes) {
      // What others do meanwhile must not get lost.
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.content = bytes;
    },
  };
}

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
  {
    name: 'bytes',
    durability: 'durable',
    open(): Promise<[HsmStore, HsmStore]> {
      const store = bytesHsmStore(memoryIo());
      return Promise.resolve([store, store]);
    },
  },
] as const;

const founding = { moduleId: 'module' };
let made = 0;

const domainKey: MakeSecret = async (extractable) => ({
  id: `key ${made++}`,
  created: startTime,
  ...(await makeDomainKey({ extractable, seeded: undefined })),
});

const signingKey: MakeSecret = async (extractable) => ({
  id: `key ${made++}`,
  created: startTime,
  ...(await makeSigningKey({ extractable, seeded: undefined })),
});

/** A domain that is just being founded, fit for this store. */
async function foundedDomain(store: HsmStore): Promise<StoredDomain> {
  const workshop = {
    ...{ now: startTime, extractable: store.keepsBytes, seeded: false },
    randomness: () => systemRandomness,
  };
  return newDomain(region, workshop, await newOperators(workshop), []);
}

/** All of a domain but its handles. */
function describeDomain(domain: StoredDomain): unknown {
  const idOf = ({ id }: Secret) => id;
  return {
    ...domain,
    members: domain.members.map(({ keys, ...member }) => ({
      ...member,
      keys: keys && [idOf(keys.agreement), idOf(keys.signing)],
    })),
    operators: domain.operators.map(({ signing, ...operator }) => ({ ...operator, signing: idOf(signing) })),
    legacy: domain.legacy.map(idOf),
  };
}

/** What a store held when a Region had one domain key and no token, and a key token that was sealed then. */
async function sealedBefore(store: HsmStore, name: string = secretNames.domainKey(region)) {
  await store.start(founding);
  const secret = await store.establish('module', name, domainKey);
  return { secret, token: await sealWith(secret, keyArn) };
}

async function sealWith(secret: Secret, arn: string): Promise<ExportedKeyToken> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const key = await crypto.subtle.generateKey(algorithm, true, ['sign']);
  const about = { materialId: 'ab'.repeat(32), keyArn: arn, spec: 'SYMMETRIC_DEFAULT' } as const;
  return new Domain(secret, [], systemRandomness).seal(key, about);
}

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

  test('keeps the first founding, seed and all, and counts starts', async () => {
    const first = { moduleId: 'module', seed: 'seed' };
    expect(await store.start(first)).toEqual({
      founding: first,
      starts: 1,
      secrets: new Map(),
      domains: new Map(),
    });
    expect(await sameStore.start({ moduleId: 'other' })).toMatchObject({ founding: first, starts: 2 });
  });

  test('modules that start at once have one founding, and each a number of its own', async () => {
    const kept = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? store : sameStore).start({ moduleId: String(index) }),
      ),
    );
    expect(new Set(kept.map(({ founding: { moduleId } }) => moduleId)).size).toBe(1);
    expect(kept.map(({ starts }) => starts).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('keeps the first key under each name, and only that', async () => {
    await store.start(founding);
    const first = await store.establish('module', 'a', domainKey);
    expect(first).toMatchObject({ created: startTime });
    expect((await store.establish('module', 'a', domainKey)).id).toBe(first.id);
    expect((await sameStore.establish('module', 'a', domainKey)).id).toBe(first.id);
    const other = await store.establish('module', 'b', domainKey);
    expect(other.id).not.toBe(first.id);
    const { secrets } = await sameStore.start(founding);
    expect([...secrets].map(([name, { id }]) => [name, id])).toEqual([
      ['a', first.id],
      ['b', other.id],
    ]);
  });

  test('gives everyone who asks at once the same key, and loses none', async () => {
    await store.start(founding);
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 ? store : sameStore).establish('module', `key ${index % 5}`, domainKey),
      ),
    );
    expect(new Set(asked.map(({ id }) => id)).size).toBe(5);
    const { secrets } = await sameStore.start(founding);
    for (const [index, { id }] of asked.entries()) expect(secrets.get(`key ${index % 5}`)?.id).toBe(id);
  });

  test('gives keys back unable to leave, fit for the same work', async () => {
    await store.start(founding);
    const usages = { a: ['wrapKey', 'unwrapKey'], b: ['sign'] };
    for (const [name, make] of [
      ['a', domainKey],
      ['b', signingKey],
    ] as const) {
      await store.establish('module', name, make);
      const kept = [
        await store.establish('module', name, make),
        await sameStore.establish('module', name, make),
        (await sameStore.start(founding)).secrets.get(name)!,
      ];
      for (const { key } of kept) {
        expect(key).toMatchObject({ extractable: false, usages: usages[name] });
        await expect(crypto.subtle.exportKey(name === 'a' ? 'raw' : 'pkcs8', key)).rejects.toThrow();
      }
    }
  });

  test('keeps the public half with the private one', async () => {
    await store.start(founding);
    await store.establish('module', 'signing', signingKey);
    const { key, public: publicKey } = (await sameStore.start(founding)).secrets.get('signing')!;
    const algorithm = { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' };
    const message = new Uint8Array(3);
    const signature = await crypto.subtle.sign(algorithm, key, message);
    const verifying = await crypto.subtle.importKey('spki', new Uint8Array(publicKey!), algorithm, false, [
      'verify',
    ]);
    expect(await crypto.subtle.verify(algorithm, verifying, signature, message)).toBe(true);
  });

  test('forgets every key when it is founded anew, and refuses the module from before', async () => {
    await store.start({ moduleId: 'module', seed: 'seed' });
    await store.establish('module', 'a', domainKey);
    await store.refound({ moduleId: 'next' });
    await expect(sameStore.establish('module', 'a', domainKey)).rejects.toThrow(HsmStoreError);
    await expect(sameStore.establish('module', 'b', domainKey)).rejects.toThrow(/zeroised meanwhile/);
    const kept = await sameStore.start(founding);
    const empty = { secrets: new Map(), domains: new Map() };
    expect(kept).toEqual({ founding: { moduleId: 'next' }, starts: 2, ...empty });
  });

  test('keeps a domain, with keys that cannot leave and do the same work', async () => {
    await store.start(founding);
    const domain = await store.keepDomain('module', await foundedDomain(store));
    const kept = (await sameStore.start(founding)).domains.get(region)!;
    for (const one of [domain, kept]) {
      expect(describeDomain(one)).toEqual(describeDomain(domain));
      for (const { keys } of one.members) {
        expect(keys!.agreement.key).toMatchObject({ extractable: false, usages: ['deriveKey'] });
        expect(keys!.signing.key).toMatchObject({ extractable: false, usages: ['sign'] });
      }
      for (const { signing } of one.operators) expect(signing.key.extractable).toBe(false);
    }
    const opened = await openDomainKeys(kept.members[3]!, readToken(kept.token)!, false);
    expect(opened!.length).toBe(1);
  });

  test('keeps a restored module beside the one at work until it is chosen, and then nothing of the old one', async () => {
    await store.start(founding);
    await store.establish('module', 'a', domainKey);
    const old = await store.keepDomain('module', await foundedDomain(store));
    const restored = { founding: { moduleId: 'restored', seed: 'seed' }, starts: 4 };
    const domain = await foundedDomain(store);
    await store.stage({ ...restored, domains: [domain] });
    expect(describeDomain((await sameStore.start(founding)).domains.get(region)!)).toEqual(
      describeDomain(old),
    );

    const adopted = await sameStore.adopt('restored');
    expect(adopted).toMatchObject({ founding: restored.founding, starts: 5, secrets: new Map() });
    const kept = await store.start(founding);
    expect(kept).toMatchObject({ founding: restored.founding, starts: 6, secrets: new Map() });
    for (const { domains } of [adopted!, kept]) {
      expect(describeDomain(domains.get(region)!)).toEqual(describeDomain(domain));
      expect(domains.get(region)!.members[0]!.keys!.agreement.key.extractable).toBe(false);
    }
    await expect(store.establish('module', 'b', domainKey)).rejects.toThrow(/zeroised meanwhile/);
  });

  test('forgets a restored module when another is chosen, and when it is founded anew', async () => {
    await store.start(founding);
    const restored = { founding: { moduleId: 'restored' }, starts: 1, domains: [] };
    await store.stage(restored);
    expect(await store.adopt('module')).toBeUndefined();
    expect(await store.adopt('restored')).toBeUndefined();
    await store.stage(restored);
    await store.refound({ moduleId: 'next' });
    expect(await store.adopt('restored')).toBeUndefined();
    expect((await store.start(founding)).founding).toEqual({ moduleId: 'next' });
  });

  test('of two domains founded at once it keeps the first, and gives both that', async () => {
    await store.start(founding);
    const [one, other] = await Promise.all([foundedDomain(store), foundedDomain(store)]);
    const kept = await Promise.all([store.keepDomain('module', one), sameStore.keepDomain('module', other)]);
    expect(describeDomain(kept[0])).toEqual(describeDomain(kept[1]));
  });

  test('puts a domain’s next state in the place of its last, and no other', async () => {
    await store.start(founding);
    const first = await store.keepDomain('module', await foundedDomain(store));
    const [member, ...others] = first.members;
    const { keys: _gone, ...lost } = member!;
    const next = { ...first, revision: 2, members: [{ ...lost, state: 'lost' as const }, ...others] };
    const second = await store.keepDomain('module', next);
    expect(second.members[0]).not.toHaveProperty('keys');
    const kept = (await sameStore.start(founding)).domains.get(region)!;
    expect(describeDomain(kept)).toEqual(describeDomain(next));
    for (const late of [next, { ...next, revision: 4 }]) {
      await expect(sameStore.keepDomain('module', late)).rejects.toThrow(/changed meanwhile/);
    }
    await expect(store.keepDomain('other', { ...next, revision: 3 })).rejects.toThrow(/zeroised meanwhile/);
  });

  test('lets go of a secret together with what takes its place', async () => {
    await store.start(founding);
    await store.establish('module', 'a', domainKey);
    await store.establish('module', 'b', domainKey);
    await store.keepDomain('module', await foundedDomain(store), ['a']);
    expect([...(await sameStore.start(founding)).secrets.keys()]).toEqual(['b']);
  });

  test('a domain of a module from before tokens gets a fleet; the old domain key opens until it is retired', async () => {
    const { secret, token } = await sealedBefore(store);
    let hsm = await openTestHsm(store);
    const plaintext = Buffer.from('x');
    const opens = async () => (await hsm.encrypt({ ...ciphers, token, plaintext })).ok;
    const [domain] = (await hsm.view()).domains;
    expect(domain!.keys.map(({ id, state }) => [id === secret.id, state])).toEqual([
      [false, 'active'],
      [true, 'deactivated'],
    ]);
    expect(domain!.members.map(({ domainKeys }) => domainKeys.length)).toEqual([2, 2, 2, 0]);
    for (let time = 0; time < 3; time++) expect(await opens()).toBe(true);
    expect((await newToken(hsm)).domainKeyId).toBe(domain!.domainKeyId);

    // What replaces a module is given the handle; over a restart all have it still.
    carriedOut(await hsm.failMembers({ region, members: ['hsm-a', 'hsm-b'], how: 'power' }));
    for (const member of ['hsm-a', 'hsm-b']) {
      expect((await hsm.replaceMember({ region, member, signers: ['Ines', 'Kofi'] })).ok).toBe(true);
    }
    hsm = await openTestHsm(sameStore);
    for (let time = 0; time < 3; time++) expect(await opens()).toBe(true);

    const [moved] = accepted(await hsm.reseal({ tokens: [token] })).tokens;
    expect(await hsm.retireDomainKeys({ region, domainKeyIds: [secret.id] })).toMatchObject({
      retired: [secret.id],
    });
    for (const module of [hsm, await openTestHsm(store)]) {
      accepted(await module.encrypt({ ...ciphers, token: moved!, plaintext }));
      expect(refusal(await module.encrypt({ ...ciphers, token, plaintext }))).toBe('TOKEN_REJECTED');
    }
    expect((await sameStore.start(founding)).secrets.size).toBe(0);
  });

  test('a domain key from before tokens is gone when no module is in service', async () => {
    const { token } = await sealedBefore(store);
    const hsm = await openTestHsm(store);
    const fresh = await newToken(hsm);
    await hsm.failMembers({ region, members: ['hsm-a', 'hsm-b', 'hsm-c'], how: 'power' });
    expect((await hsm.replaceMember({ region, member: 'hsm-a', signers: ['Ines', 'Lena'] })).ok).toBe(true);
    const plaintext = Buffer.from('x');
    expect(refusal(await hsm.encrypt({ ...ciphers, token, plaintext }))).toBe('TOKEN_REJECTED');
    accepted(await hsm.encrypt({ ...ciphers, token: fresh, plaintext }));
  });

  test('the domain key that all Regions once shared opens tokens in each', async () => {
    const { secret } = await sealedBefore(store, secretNames.sharedDomainKey);
    const hsm = await openTestHsm(store);
    for (const arn of [keyArn, otherRegionKeyArn]) {
      const token = await sealWith(secret, arn);
      accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
      expect((await newToken(hsm, 'SYMMETRIC_DEFAULT', arn)).domainKeyId).not.toBe(secret.id);
    }
  });

  test('a key may need another one for its making', async () => {
    await store.start(founding);
    await store.establish('module', 'a', async (extractable) => {
      await store.establish('module', 'b', domainKey);
      return domainKey(extractable);
    });
    expect([...(await sameStore.start(founding)).secrets.keys()].sort()).toEqual(['a', 'b']);
  });

  test('a key whose making fails leaves nothing behind', async () => {
    await store.start(founding);
    const failing = () => Promise.reject(new Error('no entropy'));
    await expect(store.establish('module', 'a', failing)).rejects.toThrow('no entropy');
    expect((await sameStore.start(founding)).secrets.size).toBe(0);
    await store.establish('module', 'a', domainKey);
  });

  test('modules that start at once open each other’s tokens, in every Region', async () => {
    const [one, other] = await Promise.all([openTestHsm(store), openTestHsm(sameStore)]);
    for (const arn of [undefined, otherRegionKeyArn]) {
      const token = await newToken(one, 'SYMMETRIC_DEFAULT', arn);
      const plaintext = Buffer.from('x');
      const { ciphertext } = accepted(await one.encrypt({ ...ciphers, token, plaintext }));
      accepted(await other.decrypt({ ...ciphers, token, ciphertext }));
    }
  });

  test('a module that starts again opens the tokens from before', async () => {
    const before = await openTestHsm(store);
    const token = await newToken(before);
    const ciphertext = accepted(await before.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
    const after = await openTestHsm(sameStore);
    expect(asNew(await after.view())).toEqual(asNew(await before.view()));
    accepted(await after.decrypt({ ...ciphers, token, ciphertext: ciphertext.ciphertext }));
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

describe('IndexedDB', () => {
  test('a store that was closed fails with a clear message', async () => {
    const store = await indexedDbHsmStore('hsm-closed');
    store.close();
    await expect(store.refound(founding)).rejects.toThrow(HsmStoreError);
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
      indexedDB.open('hsm-newer', 5).onsuccess = resolve;
    });
    await expect(indexedDbHsmStore('hsm-newer')).rejects.toThrow(HsmStoreError);
  });

  test.each([true, false])('takes over a first-version database (one that was used: %s)', async (used) => {
    const name = `hsm-first-version-${used}`;
    const { key } = await domainKey(false);
    const database = await openDB(name, 1, {
      upgrade: (first) => void first.createObjectStore('domain-keys'),
    });
    if (used) await database.put('domain-keys', { id: 'old', key, created: startTime }, 'active');
    database.close();

    const { founding: kept, secrets } = await (await indexedDbHsmStore(name)).start(founding);
    expect(kept.moduleId).toBe(used ? 'old' : 'module');
    expect([...secrets.keys()]).toEqual(used ? [secretNames.sharedDomainKey] : []);
  });
});

test('takes over an IndexedDB database of the second version', async () => {
  const name = 'hsm-second-version';
  const { key } = await domainKey(false);
  const database = await openDB(name, 2, {
    upgrade(second) {
      second.createObjectStore('module');
      second.createObjectStore('secrets');
    },
  });
  await database.put('module', { moduleId: 'module', starts: 2 }, 'founding');
  const old = { id: 'old', key, created: startTime };
  await database.put('secrets', old, secretNames.domainKey(region));
  database.close();
  const hsm = await openTestHsm(await indexedDbHsmStore(name));
  expect((await hsm.view()).domains[0]!.keys.map(({ id }) => id)).toContain('old');
  const token = await sealWith(old, keyArn);
  accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
});

describe('bytes', () => {
  test('what was written before there were domains is read', async () => {
    const key = 'ab'.repeat(32);
    const secret = {
      ...{ id: 'old', created: startTime, format: 'raw', algorithm: { name: 'AES-GCM' } },
      ...{ usages: ['wrapKey', 'unwrapKey'], key },
    };
    const content = { version: 1, founding, starts: 3, secrets: { [secretNames.domainKey(region)]: secret } };
    const io = memoryIo(Buffer.from(JSON.stringify(content)));
    const hsm = await openTestHsm(bytesHsmStore(io));
    expect((await hsm.view()).domains[0]!.keys.map(({ id }) => id)).toContain('old');
    const written = JSON.parse(Buffer.from(io.content!).toString()) as object;
    expect(written).toMatchObject({ version: 2, starts: 4, secrets: {}, domains: { [region]: {} } });
  });

  test('another store reads what one has written', async () => {
    const io = memoryIo();
    const token = await newToken(await openTestHsm(bytesHsmStore(io)));
    const again = await openTestHsm(bytesHsmStore(memoryIo(io.content)));
    accepted(await again.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
  });

  test.each([
    ['no text', Uint8Array.of(0xff)],
    ['no JSON', Buffer.from('{"version":1,')],
    ['of a newer version', Buffer.from('{"version":3,"starts":0,"secrets":{}}')],
    ['without what must be there', Buffer.from('{"version":1}')],
  ])('what is %s is left alone, with a clear message', async (_name, content) => {
    const io = memoryIo(content);
    await expect(bytesHsmStore(io).start(founding)).rejects.toThrow(HsmStoreError);
    expect(io.content).toBe(content);
  });

  test('an error of the disk names no key, and the store works on after it', async () => {
    const io = memoryIo();
    const write = io.write.bind(io);
    const store = bytesHsmStore(io);
    await store.start(founding);
    io.write = () => Promise.reject(new Error('disk full'));
    await expect(store.establish('module', 'a', domainKey)).rejects.toThrow(
      'The cryptographic module cannot write its store: disk full',
    );
    io.write = write;
    await store.establish('module', 'a', domainKey);
  });
});
