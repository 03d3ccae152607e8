import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Fault } from '$lib/cloud/attempt.svelte.ts';

/** A key in a list: what ListKeys and ListAliases say of it, and what DescribeKey says once it has been asked. */
export interface KeyRow {
  keyId: string;
  arn: string;
  /** Names with their prefix `alias/`, in alphabetical order. */
  aliases: readonly string[];
  metadata?: KeyMetadata;
  /** Why DescribeKey gave nothing. */
  fault?: Fault;
}

export type Regionality = 'single' | 'primary' | 'replica';

/** '' lets everything through. */
export interface KeyFilter {
  text: string;
  state: string;
  spec: string;
  usage: string;
  origin: string;
  regionality: '' | Regionality;
}

export const noFilter: KeyFilter = { text: '', state: '', spec: '', usage: '', origin: '', regionality: '' };

export type SortColumn = 'alias' | 'id' | 'state' | 'spec' | 'usage' | 'created';

export interface Sorting {
  by: SortColumn;
  descending: boolean;
}

/** Whether the keys must all be described before they can be filtered or sorted so. */
export function needsFacts({ text: _text, ...facts }: KeyFilter, { by }: Sorting): boolean {
  return Object.values(facts).some((value) => value !== '') || !(by === 'alias' || by === 'id');
}

/** The rows that a filter lets through, sorted. Keys of which nothing is known come last. */
export function chosenRows(
  rows: readonly KeyRow[],
  filter: KeyFilter,
  { by, descending }: Sorting,
): KeyRow[] {
  const sign = descending ? -1 : 1;
  return rows
    .filter((row) => isLetThrough(row, filter))
    .map((row) => ({ row, value: valueOf(row, by) }))
    .sort((one, other) => {
      if (one.value === '' || other.value === '')
        return Number(one.value === '') - Number(other.value === '');
      return one.value < other.value ? -sign : one.value > other.value ? sign : 0;
    })
    .map(({ row }) => row);
}

/** Values that occur, for a filter's choices. */
export function valuesOf(
  rows: readonly KeyRow[],
  member: 'KeyState' | 'KeySpec' | 'KeyUsage' | 'Origin',
): string[] {
  return [...new Set(rows.flatMap(({ metadata }) => metadata?.[member] ?? []))].sort();
}

export function regionalityOf({ MultiRegionConfiguration }: KeyMetadata): Regionality {
  if (!MultiRegionConfiguration) return 'single';
  return MultiRegionConfiguration.MultiRegionKeyType === 'PRIMARY' ? 'primary' : 'replica';
}

/** Whether AWS manages the key: as DescribeKey says, and until then by its alias. */
export function isAwsManaged({ metadata, aliases }: KeyRow): boolean {
  return metadata ? metadata.KeyManager === 'AWS' : aliases.some((alias) => alias.startsWith('alias/aws/'));
}

function isLetThrough({ keyId, arn, aliases, metadata }: KeyRow, filter: KeyFilter): boolean {
  const text = filter.text.trim().toLowerCase();
  const texts = [keyId, arn, ...aliases, metadata?.Description ?? ''];
  return (
    (text === '' || texts.some((candidate) => candidate.toLowerCase().includes(text))) &&
    (filter.state === '' || metadata?.KeyState === filter.state) &&
    (filter.spec === '' || metadata?.KeySpec === filter.spec) &&
    (filter.usage === '' || metadata?.KeyUsage === filter.usage) &&
    (filter.origin === '' || metadata?.Origin === filter.origin) &&
    (filter.regionality === '' || (metadata && regionalityOf(metadata)) === filter.regionality)
  );
}

function valueOf({ keyId, aliases, metadata }: KeyRow, by: SortColumn): string | number {
  const values: Record<SortColumn, string | number | undefined> = {
    alias: aliases[0],
    id: keyId,
    state: metadata?.KeyState,
    spec: metadata?.KeySpec,
    usage: metadata?.KeyUsage,
    created: metadata?.CreationDate?.getTime(),
  };
  return values[by] ?? '';
}
