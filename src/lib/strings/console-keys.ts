import type { Regionality, SortColumn } from '$lib/console/keys/rows.ts';
import { plural } from './console.ts';

/** Words of the console's lists: keys, AWS managed keys, aliases. */
export const keyListText = {
  lead: 'Keys that you make and rule: their policies, aliases, grants, rotation and deletion are yours to decide.',
  create: 'Create key',
  search: 'Search',
  searchHint: 'Alias, key id or ARN',
  filters: 'Filter by state, spec, usage, origin or Regionality',
  state: 'State',
  spec: 'Key spec',
  usage: 'Key usage',
  origin: 'Origin',
  regionality: 'Regionality',
  any: 'Any',
  regionalities: {
    single: 'Single-Region',
    primary: 'Multi-Region primary',
    replica: 'Multi-Region replica',
  } satisfies Record<Regionality, string>,
  table: 'Keys',
  columns: {
    alias: 'Alias',
    id: 'Key id',
    state: 'State',
    spec: 'Key spec',
    usage: 'Key usage',
    created: 'Created',
  } satisfies Record<SortColumn, string>,
  sortBy: (column: string) => `Sort by ${column}`,
  noAlias: 'no alias',
  moreAliases: (count: number) => `and ${count} more`,
  found: (count: number, all: number) =>
    count === all ? plural(count, 'key') : `${count.toLocaleString('en')} of ${plural(all, 'key')}`,
  describing: (count: number) => `DescribeKey is still to be asked of ${plural(count, 'key')} …`,
  cost: 'ListKeys gives ids alone, and ListAliases names. State, spec and usage come from DescribeKey, a request a key: it is asked of the keys shown, and of all as soon as you filter or sort by what it says.',
  none: 'There is no key of yours in this Region',
  noneBody: 'Keys stay in their Region: another one may have some. Or create the first one here.',
  noneFits: 'No key fits.',
  aliasesRefused: 'Names are missing',
  pages: 'Pages of the list',
  earlier: 'Previous',
  later: 'Next',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,

  awsLead:
    'Keys that AWS services make in your account for themselves. You see them, their policies and their use in the audit trail; you cannot change, share or delete them, and only the service may use them on your behalf. No monthly fee; rotated every year by AWS. A service makes its key when it is first needed.',
  awsTable: 'AWS managed keys',
  notYet: 'not made yet: nobody has needed it',

  aliasLead:
    'An alias is a name that points at one key, and may be pointed at another. Programs that know the alias need no change when the key is replaced. It gives no permission by itself.',
  aliasTable: 'Aliases',
  aliasColumns: {
    name: 'Alias',
    target: 'Points at',
    created: 'Created',
    updated: 'Pointed last',
    acts: 'Acts',
  },
  aliasNone: 'There is no alias of yours in this Region.',
  aliasName: 'Name',
  aliasHint:
    'Without alias/ before it. Letters, digits, / _ -. It cannot be renamed; make another one instead.',
  aliasTarget: 'Key',
  aliasCreate: 'Create alias',
  aliasMove: 'Point at another key',
  aliasMoveTitle: (name: string) => `Point ${name} at another key`,
  aliasMoveAbout:
    'Whoever names the alias uses the new key from the next request on. What was encrypted under the old one still needs the old one; Decrypt finds it by itself for symmetric keys. The new key must be of the same kind and usage.',
  aliasMoveDo: 'Point it there',
  aliasDelete: 'Delete',
  aliasDeleteTitle: (name: string) => `Delete ${name}`,
  aliasDeleteAbout: (name: string) =>
    `The name goes, the key stays. Programs that say ${name} will get NotFoundException, and policies with kms:RequestAlias or kms:ResourceAliases may stop to allow what they did. The same name can be made again.`,
  aliasDeleteDo: 'Delete alias',
};
