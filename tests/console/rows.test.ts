import type { KeyMetadata } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import {
  chosenRows,
  isAwsManaged,
  needsFacts,
  noFilter,
  type KeyRow,
} from '../../src/lib/console/keys/rows.ts';

const row = (keyId: string, aliases: string[], metadata?: Partial<KeyMetadata>): KeyRow => ({
  keyId,
  arn: `arn:aws:kms:us-east-1:111122223333:key/${keyId}`,
  aliases,
  ...(metadata && { metadata: metadata as KeyMetadata }),
});

const rows = [
  row('aaaa', ['alias/payroll'], {
    KeyState: 'Enabled',
    KeySpec: 'RSA_2048',
    Description: 'For salaries',
    CreationDate: new Date(3000),
  }),
  row('bbbb', ['alias/files'], {
    KeyState: 'Disabled',
    KeySpec: 'SYMMETRIC_DEFAULT',
    CreationDate: new Date(20_000),
    MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA' },
  }),
  row('cccc', []),
];

const idsOf = (found: KeyRow[]) => found.map(({ keyId }) => keyId).join(' ');
const byAlias = { by: 'alias', descending: false } as const;

describe('the list of keys', () => {
  it('finds by alias, id, ARN and what is known of the description', () => {
    const find = (text: string) => idsOf(chosenRows(rows, { ...noFilter, text }, byAlias));
    expect(find('PAY')).toBe('aaaa');
    expect(find('salaries')).toBe('aaaa');
    expect(find('key/bbbb')).toBe('bbbb');
    expect(find('zzzz')).toBe('');
  });

  it('filters by what DescribeKey has said, and lets nothing unknown through', () => {
    const filter = (change: Partial<typeof noFilter>) =>
      idsOf(chosenRows(rows, { ...noFilter, ...change }, byAlias));
    expect(filter({ state: 'Enabled' })).toBe('aaaa');
    expect(filter({ spec: 'SYMMETRIC_DEFAULT' })).toBe('bbbb');
    expect(filter({ regionality: 'replica' })).toBe('bbbb');
    expect(filter({ regionality: 'single' })).toBe('aaaa');
    expect(filter({ state: 'Enabled', spec: 'SYMMETRIC_DEFAULT' })).toBe('');
  });

  it('sorts both ways, numbers as numbers, and the unknown last', () => {
    expect(idsOf(chosenRows(rows, noFilter, byAlias))).toBe('bbbb aaaa cccc');
    expect(idsOf(chosenRows(rows, noFilter, { by: 'alias', descending: true }))).toBe('aaaa bbbb cccc');
    expect(idsOf(chosenRows(rows, noFilter, { by: 'created', descending: false }))).toBe('aaaa bbbb cccc');
    expect(idsOf(chosenRows(rows, noFilter, { by: 'created', descending: true }))).toBe('bbbb aaaa cccc');
  });

  it('needs all keys described only where it looks at what DescribeKey says', () => {
    expect(needsFacts(noFilter, byAlias)).toBe(false);
    expect(needsFacts({ ...noFilter, text: 'x' }, { by: 'id', descending: true })).toBe(false);
    expect(needsFacts({ ...noFilter, usage: 'SIGN_VERIFY' }, byAlias)).toBe(true);
    expect(needsFacts(noFilter, { by: 'state', descending: false })).toBe(true);
  });

  it('tells AWS’s keys by DescribeKey, and by the reserved alias before', () => {
    expect(isAwsManaged(row('dddd', ['alias/aws/s3']))).toBe(true);
    expect(isAwsManaged(row('dddd', [], { KeyManager: 'AWS' }))).toBe(true);
    expect(isAwsManaged(row('dddd', ['alias/awsome'], { KeyManager: 'CUSTOMER' }))).toBe(false);
  });
});
