import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectBackup } from '../../src/engine/backup/backup.ts';
import { headerLength } from '../../src/engine/hsm/backup/sealed-file.ts';
import { indexedDbHsmStore } from '../../src/engine/hsm/store/indexeddb.ts';
import type { VaultAdapter } from '../../src/engine/vault/adapter.ts';
import { indexedDbAdapter } from '../../src/engine/vault/indexeddb.ts';
import { kms } from '../support/clients.ts';
import { emptyHouse, now, passphrase, quickBackup, switchOn, type House } from './support.ts';

/** One cloud, with something that was encrypted in it, and its backup: reading one changes nothing. */
const source = emptyHouse();
let backup: Uint8Array<ArrayBuffer>;
let keyId: string;
let blob: Uint8Array;
let replica: string;
const secret = new TextEncoder().encode('to be kept');

beforeAll(async () => {
  const cloud = await switchOn(source);
  const ada = kms(cloud);
  const created = await ada.createKey({ MultiRegion: true });
  keyId = created.KeyMetadata!.Arn!;
  await ada.createAlias({ AliasName: 'alias/kept', TargetKeyId: keyId });
  blob = (await ada.encrypt({ KeyId: keyId, Plaintext: secret, EncryptionContext: { a: 'b' } }))
    .CiphertextBlob!;
  const copy = await ada.replicateKey({ KeyId: keyId, ReplicaRegion: 'eu-west-1' });
  replica = copy.ReplicaKeyMetadata!.Arn!;
  await cloud.operate({ act: 'RotateDomainKey', region: 'us-east-1' });
  await cloud.close();
  backup = await quickBackup(source);
}, 60_000);

async function decrypts(house: House): Promise<string> {
  const cloud = await switchOn(house);
  const { Plaintext } = await kms(cloud).decrypt({ CiphertextBlob: blob, EncryptionContext: { a: 'b' } });
  await cloud.close();
  return new TextDecoder().decode(Plaintext);
}

describe('a backup', () => {
  it('says what it holds', async () => {
    expect(await inspectBackup(backup, passphrase)).toMatchObject({ keys: 2, principals: 5 });
  });

  it('takes the place of another cloud: what was encrypted before is decrypted there', async () => {
    const house = emptyHouse();
    const cloud = await switchOn(house);
    const ada = kms(cloud);
    await ada.createKey({});
    const before = (await cloud.view()).hsm;
    await cloud.restore(backup, passphrase);

    const restored = kms(cloud);
    const { Aliases } = await restored.listAliases({ KeyId: keyId });
    expect(Aliases?.map(({ AliasName }) => AliasName)).toEqual(['alias/kept']);
    // The replica was still being created; its time goes on as well.
    await cloud.clock.moveTo(now + 60_000);
    const there = kms(cloud, 'Ada', { region: 'eu-west-1' });
    const asked = { CiphertextBlob: blob, KeyId: replica, EncryptionContext: { a: 'b' } };
    expect((await there.decrypt(asked)).Plaintext).toEqual(secret);
    const fresh = await restored.encrypt({ KeyId: 'alias/kept', Plaintext: secret });
    expect(fresh.CiphertextBlob).toBeDefined();
    const { moduleId, domains } = (await cloud.view()).hsm;
    expect(moduleId).not.toBe(before.moduleId);
    expect(domains[0]!.members.map(({ state }) => state)).toEqual([
      ...['in-service', 'in-service', 'in-service', 'offline'],
    ]);
    await cloud.close();
    expect(await decrypts(house)).toBe('to be kept');
  });

  it('can be put back over the very cloud that wrote it, and has domain keys of its own afterwards', async () => {
    const cloud = await switchOn(source);
    await kms(cloud).scheduleKeyDeletion({ KeyId: keyId, PendingWindowInDays: 7 });
    await cloud.restore(backup, passphrase);
    const { KeyMetadata } = await kms(cloud).describeKey({ KeyId: keyId });
    expect(KeyMetadata?.KeyState).toBe('Enabled');
    await cloud.operate({ act: 'RotateDomainKey', region: 'us-east-1' });
    await cloud.close();
    expect(await decrypts(source)).toBe('to be kept');
  });

  it('of a seeded cloud stays one', async () => {
    const house = emptyHouse();
    const cloud = await switchOn(house, { seed: 'class' });
    await kms(cloud).createKey({});
    await cloud.close();
    const seeded = await quickBackup(house, 'class');
    const other = await switchOn(emptyHouse());
    await other.restore(seeded, passphrase);
    expect((await other.view()).seed).toBe('class');
    await kms(other).createKey({});
    await other.close();
  });

  it('does not hold a domain key, an access key or a record in clear', () => {
    const text = new TextDecoder('latin1').decode(backup);
    for (const clear of ['alias/kept', 'iam.access-keys', 'us-east-1', keyId.slice(-36), 'wrapped'])
      expect(text).not.toContain(clear);
  });

  it('needs a long passphrase, and a module in service', async () => {
    const house = emptyHouse();
    const cloud = await switchOn(house);
    await expect(cloud.backup('short')).rejects.toThrow('12 characters');
    await kms(cloud).createKey({});
    await cloud.operate({ act: 'LoseModules', region: 'us-east-1', members: ['hsm-a', 'hsm-b', 'hsm-c'] });
    await expect(cloud.backup(passphrase)).rejects.toThrow('No module of us-east-1 is in service');
    await cloud.close();
  });
});

describe('a backup is refused, and nothing changes,', () => {
  it('with another passphrase', async () => {
    await expect(inspectBackup(backup, 'another passphrase')).rejects.toThrow('does not open');
  });

  it('when any byte of it was changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(backup.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        // The rounds are a number: a far larger one would only take long to be refused.
        fc.pre(at < 9 || at > 11);
        const changed = new Uint8Array(backup);
        changed[at]! ^= change;
        await expect(inspectBackup(changed, passphrase)).rejects.toMatchObject({ name: 'BackupRefused' });
      }),
      {
        numRuns: 200,
        examples: [
          [0, 1],
          [8, 3],
          [12, 1],
          [13, 1],
          [29, 1],
          [headerLength, 1],
          [backup.length - 1, 1],
        ],
      },
    );
  });

  it('when its end is missing, or there is more of it', async () => {
    for (const length of [
      0,
      5,
      8,
      9,
      headerLength,
      headerLength + 15,
      headerLength + 16,
      backup.length - 1,
    ]) {
      await expect(inspectBackup(backup.slice(0, length), passphrase)).rejects.toMatchObject({
        name: 'BackupRefused',
      });
    }
    const longer = new Uint8Array(backup.length + 1);
    longer.set(backup);
    await expect(inspectBackup(longer, passphrase)).rejects.toMatchObject({ name: 'BackupRefused' });
  });

  it('of another version, with a word of its own', async () => {
    const next = new Uint8Array(backup);
    next[8] = 2;
    await expect(inspectBackup(next, passphrase)).rejects.toThrow('another version');
    const text = new TextEncoder().encode('a letter, and no backup at all, long enough to have a header');
    await expect(inspectBackup(text, passphrase)).rejects.toThrow('not a backup');
  });

  it('with more rounds than anybody would wait for', async () => {
    const slow = new Uint8Array(backup);
    new DataView(slow.buffer).setUint32(9, 0xffffffff);
    await expect(inspectBackup(slow, passphrase)).rejects.toThrow('header');
  });

  it('and the cloud that was there goes on', async () => {
    const house = emptyHouse();
    const cloud = await switchOn(house);
    const { KeyMetadata } = await kms(cloud).createKey({});
    const changed = new Uint8Array(backup);
    changed[backup.length - 20]! ^= 1;
    await expect(cloud.restore(changed, passphrase)).rejects.toThrow('does not open');
    await kms(cloud).encrypt({ KeyId: KeyMetadata!.KeyId!, Plaintext: secret });
    await cloud.close();
  });
});

describe('a crash while a backup is restored', () => {
  describe.each(['memory', 'IndexedDB'] as const)('%s', (kind) => {
    it.each([
      { when: 'before the records are stored', isStored: false },
      { when: 'after that, with the modules still the old ones', isStored: true },
    ])('leaves one cloud that works: $when', async ({ isStored }) => {
      const openHouse = kind === 'memory' ? onceMore(emptyHouse()) : durableHouse();
      const first = await switchOn(await openHouse());
      const { KeyMetadata } = await kms(first).createKey({});
      await first.close();

      const house = await openHouse();
      await new Promise<void>((resolve, reject) => {
        const replace: VaultAdapter['replace'] = async (...records) => {
          if (isStored) await house.adapter.replace(...records);
          resolve();
          return new Promise<never>(() => {});
        };
        switchOn({ ...house, adapter: { ...house.adapter, replace } })
          .then((cloud) => cloud.restore(backup, passphrase))
          .catch(reject);
      });

      const again = await openHouse();
      if (isStored) {
        expect(await decrypts(again)).toBe('to be kept');
        return;
      }
      const cloud = await switchOn(again);
      await kms(cloud).encrypt({ KeyId: KeyMetadata!.KeyId!, Plaintext: secret });
      await cloud.close();
    });
  });
});

let databases = 0;

/** The same house each time, from the same databases. */
function durableHouse(): () => Promise<House> {
  const name = `backup-${databases++}`;
  return async () => ({
    adapter: await indexedDbAdapter(`${name}-vault`),
    store: await indexedDbHsmStore(`${name}-hsm`),
  });
}

function onceMore(house: House): () => Promise<House> {
  return () => Promise.resolve(house);
}
