import { describe, expect, it } from 'vitest';
import { keyPath, keyTabs, pageGroups, pathWith, routeOf } from '../../src/lib/console/route.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the paths of the console', () => {
  it('lead to every page that the navigation has', () => {
    for (const page of Object.values(pageGroups).flat()) expect(routeOf(page).page).toBe(page);
  });

  it('lead to the list of keys where nothing else is known', () => {
    for (const path of ['', 'nowhere', '../x', 'keys/'])
      expect(routeOf(path)).toEqual({ page: 'keys', given: {} });
  });

  it.each([
    arn,
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    'alias/tags',
    'arn:aws:kms:us-east-1:111122223333:alias/policy',
  ])('lead to each tab of the key %s and back', (keyId) => {
    for (const tab of keyTabs) expect(routeOf(keyPath(keyId, tab))).toEqual({ page: 'key', keyId, tab });
  });

  it('fill in what they say', () => {
    const given = { KeyId: arn, Name: 'a & b' };
    expect(routeOf(pathWith('operations/CreateGrant', given))).toEqual({
      page: 'operations',
      name: 'CreateGrant',
      given,
    });
    expect(routeOf(pathWith('trail', { key: arn }))).toEqual({ page: 'trail', given: { key: arn } });
  });
});
