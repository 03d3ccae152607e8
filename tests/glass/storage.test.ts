import { describe, expect, it } from 'vitest';
import type { DomainView } from '../../src/engine/hsm/hsm.ts';
import type { StoredToken } from '../../src/engine/look/look.ts';
import { lossOf, lostKeys } from '../../src/lib/glass/pictures/storage/acts/losses.ts';
import { readingOperation } from '../../src/lib/glass/pictures/storage/acts/read-through.ts';
import { scopedTo } from '../../src/lib/glass/pictures/storage/acts/scope.ts';
import { inPercent, ninesOf, yearlyLossOfAll } from '../../src/lib/glass/pictures/storage/nines/nines.ts';
import { generationOf } from '../../src/lib/glass/pictures/storage/shelf/generations.ts';
import { pageLengthFor, pitchFor, shelfScene } from '../../src/lib/glass/pictures/storage/shelf/shelves.ts';
import { changedBytes } from '../../src/lib/glass/pictures/storage/token/copy-bytes.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';

type Copy = StoredToken['copies'][number];
const good = (zone: Copy['zone']): Copy => ({
  zone,
  state: 'good',
  domainKeyId: 'dk-2',
  sealed: Uint8Array.of(1, 2, 3),
});
const token = (name: string, copies: Copy[], imported = false): StoredToken => ({
  keyArn: `arn:aws:kms:us-east-1:111122223333:key/${name}`,
  materialId: `material of ${name}`,
  spec: 'SYMMETRIC_DEFAULT',
  imported,
  copies,
});
const whole = (name: string) => token(name, [good('a'), good('b'), good('c')]);
const lastOne = (name: string, imported = false) =>
  token(name, [good('a'), { zone: 'b', state: 'missing' }, { ...good('c'), state: 'corrupt' }], imported);

describe('shelves', () => {
  it('stand a sealed key in the same place in each zone, with its name, its seal and what is left of it', async () => {
    const cloud = await openTestCloud();
    const ada = kms(cloud);
    const { KeyMetadata } = await ada.createKey({});
    await ada.createAlias({ AliasName: 'alias/demo', TargetKeyId: KeyMetadata?.KeyId });
    await ada.createKey({});
    const [storage, keys, { hsm }] = await Promise.all([
      cloud.look({ name: 'storage', query: {} }),
      cloud.look({ name: 'keys', query: {} }),
      cloud.view(),
    ]);
    const scene = shelfScene(storage, { keys, domains: hsm.domains });
    expect(scene.shelves.map(({ name, good }) => [name, good])).toEqual([
      ['a', 2],
      ['b', 2],
      ['c', 2],
    ]);
    expect(scene.columns.map(({ keyName }) => keyName)).toContain('demo');
    for (const { tablets, good } of scene.columns) {
      expect(good).toBe(3);
      expect(tablets.map(({ zone, generation }) => [zone, generation?.mark])).toEqual([
        ['a', 'active'],
        ['b', 'active'],
        ['c', 'active'],
      ]);
    }
    expect(scene.marks).toEqual(['active']);
  });

  it('put what belongs to one KMS key under one name', () => {
    const view = {
      zones: [],
      lost: 0,
      total: 3,
      matching: 3,
      tokens: [whole('k1'), whole('k1'), whole('k2')],
    };
    expect(shelfScene(view, { keys: [], domains: [] }).groups.map(({ name, span }) => [name, span])).toEqual([
      ['k1', 2],
      ['k2', 1],
    ]);
  });

  it('give few keys room, and many a page of places that can still be hit', () => {
    expect(pitchFor(1200, 1)).toBe(108);
    expect(pitchFor(1200, 24)).toBe(50);
    expect(pitchFor(1200, 1000)).toBe(24);
    expect(pageLengthFor(1200)).toBe(50);
    expect(pageLengthFor(0)).toBe(8);
  });
});

describe('generations', () => {
  const keys = ['dk-3', 'dk-2', 'dk-1'].map((id, age) => ({
    id,
    created: 3 - age,
    state: age === 0 ? ('active' as const) : ('deactivated' as const),
  }));
  const domainWith = (...memories: string[][]) => [
    {
      region: 'us-east-1',
      keys,
      members: memories.map((domainKeys) => ({ domainKeys })),
    } as unknown as DomainView,
  ];
  const domains = domainWith([], ['dk-3', 'dk-2', 'dk-1']);

  it('go by the age of the domain key in its own Region', () => {
    expect(['dk-3', 'dk-2', 'dk-1', 'dk-0'].map((id) => generationOf(id, 'us-east-1', domains).mark)).toEqual(
      ['active', 'before', 'older', 'unknown'],
    );
    expect(generationOf('dk-3', 'eu-west-1', domains).mark).toBe('unknown');
  });

  it('are unknown while no module has them in its memory', () => {
    expect(generationOf('dk-3', 'us-east-1', domainWith([], [])).mark).toBe('unknown');
  });
});

describe('losses', () => {
  it('count the copies that go, and name those that were the last', () => {
    const tokens = [whole('k1'), lastOne('k2')];
    expect(lossOf(tokens, ['a'])).toMatchObject({
      copies: 2,
      lastCopies: [{ materialId: 'material of k2' }],
    });
    expect(lossOf(tokens, ['b'])).toEqual({ copies: 1, lastCopies: [] });
    expect(lossOf(tokens, ['a', 'b', 'c']).lastCopies).toHaveLength(2);
  });

  it('name each KMS key once, and whether an import can mend it', () => {
    expect(
      lostKeys([whole('k1'), { ...whole('k1'), materialId: 'other' }, lastOne('k2', true)]),
    ).toMatchObject([
      { materials: 2, imported: false },
      { materials: 1, imported: true },
    ]);
  });

  it('strike one sealed key, one KMS key, or all', () => {
    const { keyArn, materialId } = whole('k1');
    expect(scopedTo('token', whole('k1'))).toEqual({ keyArn, materialId });
    expect(scopedTo('key', whole('k1'))).toEqual({ keyArn });
    expect(scopedTo('all', whole('k1'))).toEqual({});
  });
});

describe('bytes of a copy', () => {
  it('are held against the first good copy', () => {
    const bad: Copy = { ...good('b'), state: 'corrupt', sealed: Uint8Array.of(1, 6, 3) };
    expect(changedBytes(bad, [good('a'), bad])).toEqual([1]);
    expect(changedBytes(bad, [bad])).toEqual([]);
    expect(changedBytes({ zone: 'c', state: 'missing' }, [good('a')])).toEqual([]);
  });
});

describe('nines', () => {
  const given = { yearlyLoss: 0.01, repairHours: 6 };

  it('come from copies and repair', () => {
    expect(yearlyLossOfAll({ copies: 0, ...given })).toBe(1);
    expect(yearlyLossOfAll({ copies: 1, ...given })).toBeCloseTo(0.01, 12);
    const repairYears = 6 / (365.25 * 24);
    expect(yearlyLossOfAll({ copies: 3, ...given })).toBeCloseTo(6 * 0.01 ** 3 * repairYears ** 2, 18);
    expect(ninesOf(yearlyLossOfAll({ copies: 3, ...given }))).toBe(11);
  });

  it('are written out', () => {
    expect(ninesOf(0.01)).toBe(2);
    expect(inPercent(0.01)).toBe('99.0 %');
    expect(inPercent(0.000_02)).toBe('99.998 %');
    expect(inPercent(1)).toBe('0 %');
  });
});

it('asks for what makes storage hand out the sealed key', () => {
  expect(readingOperation({ spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' })).toBe('Encrypt');
  expect(readingOperation({ spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' })).toBe('Decrypt');
  expect(readingOperation({ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' })).toBe('GenerateMac');
  expect(readingOperation({ spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' })).toBeUndefined();
});
