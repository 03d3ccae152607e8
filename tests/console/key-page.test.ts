import type { KeyMetadata } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { lossesOf } from '../../src/lib/console/key/losses.ts';
import { regionOf } from '../../src/lib/console/key/region.ts';
import { tabsOf } from '../../src/lib/console/key/tabs.ts';
import { consoleKeyText as text } from '../../src/lib/strings/console-key.ts';

const key = (change: Partial<KeyMetadata>): KeyMetadata => ({
  KeyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
  KeySpec: 'SYMMETRIC_DEFAULT',
  Origin: 'AWS_KMS',
  KeyManager: 'CUSTOMER',
  ...change,
});

describe('the page of a key', () => {
  it('has the tabs that its kind has a use for', () => {
    expect(tabsOf(key({}))).toEqual([
      'general',
      'policy',
      'aliases',
      'grants',
      'rotation',
      'regions',
      'tags',
      'usage',
    ]);
    expect(tabsOf(key({ KeySpec: 'RSA_2048' }))).toContain('public-key');
    expect(tabsOf(key({ KeySpec: 'RSA_2048' }))).not.toContain('rotation');
    expect(tabsOf(key({ KeySpec: 'HMAC_256', Origin: 'EXTERNAL' }))).toContain('material');
    expect(tabsOf(key({ Origin: 'AWS_CLOUDHSM' }))).not.toContain('rotation');
    expect(tabsOf(key({ KeyManager: 'AWS' }))).toEqual(['general', 'policy', 'rotation', 'usage']);
  });

  it('knows of a key in another Region', () => {
    expect(regionOf('arn:aws:kms:eu-west-1:111122223333:key/mrk-1')).toBe('eu-west-1');
    expect(regionOf('arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/a:b')).toBe('us-gov-west-1');
    expect(regionOf('alias/payroll')).toBeUndefined();
    expect(regionOf('1234abcd-12ab-34cd-56ef-1234567890ab')).toBeUndefined();
  });

  it('says what a deletion takes away, and nothing that it does not', () => {
    expect(lossesOf(key({}))).toEqual([text.scheduleAlso]);
    expect(lossesOf(key({ KeySpec: 'ECC_NIST_P256' }))).toEqual([text.scheduleAsymmetric, text.scheduleAlso]);
    expect(lossesOf(key({ KeySpec: 'HMAC_256' }))).toEqual([text.scheduleMac, text.scheduleAlso]);
    expect(lossesOf(key({ Origin: 'EXTERNAL' }))).toEqual([text.scheduleImported, text.scheduleAlso]);
    const primary = { MultiRegionKeyType: 'PRIMARY', ReplicaKeys: [{ Region: 'eu-west-1' }] } as const;
    expect(
      lossesOf(key({ MultiRegionConfiguration: { ...primary, ReplicaKeys: [...primary.ReplicaKeys] } })),
    ).toEqual([text.schedulePrimary(1), text.scheduleAlso]);
    expect(lossesOf(key({ MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA' } }))).toEqual([
      text.scheduleReplica,
      text.scheduleAlso,
    ]);
  });
});
