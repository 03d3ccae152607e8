import type { Reader } from '../../vault/vault.ts';
import type { KeyLocation } from '../identifiers.ts';
import { lastKeyIn, markerFor, page, type Page } from '../pagination.ts';
import { aliases, place, type AliasRecord, type KeyRecord } from '../records.ts';
import { predefinedAliases } from './managed-aliases.ts';

/** An alias as ListAliases shows it; one that AWS has predefined may have no key yet. */
export type ListedAlias = Pick<AliasRecord, 'name'> & Partial<Omit<AliasRecord, keyof KeyLocation>>;

interface PageRequest {
  Limit: number;
  Marker?: string;
}

/** One page of the aliases of an account in a Region, its own and AWS's, by their names. */
export function pageOfAliases(
  reader: Reader,
  location: KeyLocation,
  { Limit, Marker }: PageRequest,
): Page<ListedAlias> {
  const prefix = place(location);
  const last = Marker === undefined ? '' : lastKeyIn(Marker, '');
  // One more than fits tells whether there is more.
  const limit = Limit + 1;
  const present = reader.list(aliases, { prefix, after: prefix + last, limit }).map(({ value }) => value);
  const absent = predefinedAliases
    .filter((name) => name > last && reader.get(aliases, prefix + name) === undefined)
    .map((name) => ({ name }));
  const items: ListedAlias[] = [...present, ...absent]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .slice(0, limit);
  if (items.length < limit) return { items, Truncated: false };
  items.pop();
  return { items, NextMarker: markerFor(items.at(-1)?.name ?? '', ''), Truncated: true };
}

/** One page of the aliases of one key. */
export function pageOfAliasesOf(reader: Reader, key: KeyRecord, request: PageRequest): Page<ListedAlias> {
  return page(reader, aliases, place(key), request, (alias) => alias.targetKeyId === key.keyId);
}
