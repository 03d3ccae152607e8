import { beforeEach, describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { KeyAnatomy, StoredToken } from '../../src/engine/look/look.ts';
import { reachOf, sealedUnder } from '../../src/lib/glass/pictures/hierarchy/blast/reach.ts';
import {
  effects,
  fallsWith,
  remediesFor,
  victims,
  type Case,
  type Mishap,
} from '../../src/lib/glass/pictures/hierarchy/blast/rules.ts';
import {
  chainOf,
  currentMaterialOf,
  domainKeyOf,
} from '../../src/lib/glass/pictures/hierarchy/chain/chain.ts';
import { blobIn } from '../../src/lib/glass/pictures/hierarchy/source/blob-in.ts';
import { layOut } from '../../src/lib/envelope/format.ts';
import { reasons } from '../../src/lib/strings/hierarchy.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

const bytes = (value: Uint8Array | undefined) => Uint8Array.from(value ?? []);

describe('the rules of loss and leak', () => {
  test('have a reason for every entry, and no reason without one', () => {
    for (const each of Object.keys(effects) as Case[]) {
      expect(Object.keys(reasons[each]).sort(), each).toEqual(Object.keys(effects[each]).sort());
    }
  });
  test.each([
    ['domain-key', 'lost', ['domain-key', 'backing-key', 'per-call-key', 'data-key', 'data']],
    ['backing-key', 'leaked', ['backing-key', 'per-call-key', 'data-key', 'data']],
    ['per-call-key', 'lost', []],
    ['per-call-key', 'leaked', ['per-call-key', 'data-key', 'data']],
    ['data-key', 'lost', ['data-key', 'data']],
    ['credentials', 'lost', []],
    ['credentials', 'leaked', ['data-key', 'data']],
  ] as const)('%s %s', (victim, mishap, falls) => {
    expect(fallsWith(victim, mishap)).toEqual(falls);
  });
  test('need no remedy where nothing falls, and have one otherwise', () => {
    const about = { imported: true, elsewhere: true };
    for (const victim of victims) {
      for (const mishap of ['lost', 'leaked'] as Mishap[]) {
        const isWhole = fallsWith(victim, mishap).length === 0;
        expect(remediesFor(victim, mishap, about).length === 0, `${victim} ${mishap}`).toBe(isWhole);
      }
    }
  });
  test('offer a copy and another Region only where there are such', () => {
    const names = (about: { imported: boolean; elsewhere: boolean }) =>
      remediesFor('backing-key', 'lost', about).map(({ remedy }) => remedy);
    expect(names({ imported: false, elsewhere: false })).not.toContain('own-copy');
    expect(names({ imported: false, elsewhere: false })).not.toContain('other-region');
    expect(names({ imported: true, elsewhere: true }).slice(0, 2)).toEqual(['own-copy', 'other-region']);
  });
  test('say of deletion that it does harm, whatever has leaked', () => {
    for (const victim of victims) expect(effects[`${victim} leaked`].delete).toBe('harms');
  });
});

describe('what the rules say is what the cloud does', () => {
  test('rotation leaves old ciphertext open, under its old material', async () => {
    const client = kms(await openTestCloud());
    const { KeyMetadata } = await client.createKey({});
    const { CiphertextBlob } = await client.encrypt({
      KeyId: KeyMetadata?.KeyId,
      Plaintext: bytes(new Uint8Array(4)),
    });
    await client.rotateKeyOnDemand({ KeyId: KeyMetadata?.KeyId });
    expect((await client.decrypt({ CiphertextBlob })).Plaintext).toEqual(new Uint8Array(4));
  });
  test('ReEncrypt leaves the data key what it was', async () => {
    const client = kms(await openTestCloud());
    const { KeyMetadata } = await client.createKey({});
    const made = await client.generateDataKey({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' });
    const moved = await client.reEncrypt({
      CiphertextBlob: made.CiphertextBlob,
      DestinationKeyId: KeyMetadata?.KeyId,
    });
    const after = await client.decrypt({ CiphertextBlob: moved.CiphertextBlob });
    expect(after.Plaintext).toEqual(made.Plaintext);
  });
  test('disabling stops whoever asks KMS, at once', async () => {
    const client = kms(await openTestCloud());
    const { KeyMetadata } = await client.createKey({});
    const { CiphertextBlob } = await client.encrypt({
      KeyId: KeyMetadata?.KeyId,
      Plaintext: new Uint8Array(4),
    });
    await client.disableKey({ KeyId: KeyMetadata?.KeyId });
    await expect(client.decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'DisabledException' });
  });
});

describe('the chain above a ciphertext', () => {
  let cloud: Cloud;
  let key: KeyAnatomy;
  let tokens: StoredToken[];
  let blob: Uint8Array<ArrayBuffer>;

  beforeEach(async () => {
    cloud = await openTestCloud();
    cloud.observe(() => {});
    const client = kms(cloud);
    const { KeyMetadata } = await client.createKey({});
    await client.createKey({});
    const made = await client.generateDataKey({ KeyId: KeyMetadata?.KeyId, KeySpec: 'AES_256' });
    await client.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: new Uint8Array(4) });
    blob = bytes(made.CiphertextBlob);
    key = (await cloud.look({ name: 'key', query: { keyArn: KeyMetadata?.Arn ?? '' } })) as KeyAnatomy;
    tokens = (await cloud.look({ name: 'storage', query: { region: key.region } })).tokens;
  });

  const surroundings = () => {
    const materialId = currentMaterialOf(key) ?? '';
    return { key, materialId, domainKeyId: domainKeyOf(key, materialId), tokens };
  };

  test('has the real ids, from domain key to data', async () => {
    const origin = await cloud.look({ name: 'blob', query: { blob } });
    const { hsm } = await cloud.view();
    const domain = hsm.domains.find(({ region }) => region === key.region);
    const chain = chainOf({ ...surroundings(), domain, blob, ...(origin && { origin }) });
    expect(chain.map(({ level }) => level)).toEqual([
      'domain-key',
      'backing-key',
      'per-call-key',
      'data-key',
      'data',
    ]);
    expect(chain[0]).toMatchObject({ id: domain?.domainKeyId, state: 'active' });
    expect(chain[1]).toMatchObject({ id: key.materials[0]?.materialId, among: 2 });
    expect(chain[2]).toMatchObject({ among: 2 });
    expect(chain[3]?.state).toBe('GenerateDataKey');
  });
  test('ends with the backing key where there is no ciphertext', () => {
    expect(chainOf({ ...surroundings(), domain: undefined })).toHaveLength(2);
  });
  test('counts nothing beside a key of which no copy is left', () => {
    const [top, backing] = chainOf({ ...surroundings(), domainKeyId: undefined, domain: undefined });
    expect(top).not.toHaveProperty('among');
    expect(backing).not.toHaveProperty('among');
  });
  test('is counted from the state', () => {
    expect(sealedUnder(tokens, surroundings().domainKeyId)).toHaveLength(2);
    expect(reachOf('domain-key', 'lost', surroundings())).toEqual({
      ...{ sealedKeys: 2, kmsKeys: 2, ciphertexts: 2, regions: [key.region] },
    });
    expect(reachOf('backing-key', 'leaked', surroundings())).toMatchObject({ kmsKeys: 1, ciphertexts: 2 });
    expect(reachOf('per-call-key', 'leaked', surroundings())).toMatchObject({
      sealedKeys: 0,
      ciphertexts: 1,
    });
    expect(reachOf('per-call-key', 'lost', surroundings())).toMatchObject({ ciphertexts: 0, regions: [] });
  });
  test('leaks in every Region, and is lost in one', () => {
    const family = { type: 'PRIMARY' as const, primaryRegion: key.region, replicaRegions: ['eu-west-1'] };
    const multi = { ...surroundings(), key: { ...key, multiRegion: family } };
    expect(reachOf('backing-key', 'leaked', multi).regions).toEqual([key.region, 'eu-west-1']);
    expect(reachOf('backing-key', 'lost', multi).regions).toEqual([key.region]);
  });
  test('begins at a blob, wherever that stands', () => {
    const header = {
      ...{ keyArn: key.keyArn, encryptedDataKey: blob, encryptionContext: {}, fileName: 'cat.png' },
      ...{ mediaType: 'image/png', size: 0, chunkSize: 16 },
    };
    const { preamble } = layOut(header, new Uint8Array(7));
    const envelope = new Uint8Array([...preamble, ...new Uint8Array(16)]);
    expect(blobIn(envelope)).toEqual({ blob, container: 'cat.png' });
    expect(blobIn(blob)).toEqual({ blob });
    expect(blobIn(new Uint8Array(3))).toBeUndefined();
  });
});
