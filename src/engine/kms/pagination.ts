import { decodeBase64, encodeBase64 } from '../declaration/base64.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { Reader, Table } from '../vault/vault.ts';

/** One page of a listing, in AWS's terms. */
export interface Page<Value> {
  items: Value[];
  /** Opaque to clients. */
  NextMarker?: string;
  Truncated: boolean;
}

/**
 * Reads one page of the records whose keys begin with `prefix`, and of those only the ones that `wanted`
 * takes. The marker hides the last record key of the page before. Throws InvalidMarkerException.
 */
export function page<Value>(
  reader: Reader,
  records: Table<Value>,
  prefix: string,
  request: { Limit: number; Marker?: string },
  wanted: (value: Value) => boolean = () => true,
): Page<Value> {
  const items: Value[] = [];
  let after = request.Marker === undefined ? undefined : lastKeyIn(request.Marker, prefix);
  let lastTaken = '';
  for (;;) {
    const batch = reader.list(records, {
      prefix,
      limit: request.Limit + 1,
      ...(after !== undefined && { after }),
    });
    for (const { key, value } of batch) {
      after = key;
      if (!wanted(value)) continue;
      if (items.length === request.Limit) {
        return { items, NextMarker: markerFor(lastTaken, prefix), Truncated: true };
      }
      items.push(value);
      lastTaken = key;
    }
    if (batch.length <= request.Limit) return { items, Truncated: false };
  }
}

/** One page of a list that is at hand as a whole. The marker hides the name of the last item before it. */
export function pageOf<Item>(
  all: readonly Item[],
  nameOf: (item: Item) => string,
  { Limit, Marker }: { Limit: number; Marker?: string },
): Page<Item> {
  const last = Marker === undefined ? undefined : lastKeyIn(Marker, '');
  const start = last === undefined ? 0 : all.findIndex((item) => nameOf(item) === last) + 1;
  if (last !== undefined && start === 0) throw invalidMarker();
  const items = all.slice(start, start + Limit);
  const end = items.at(-1);
  if (start + Limit >= all.length || end === undefined) return { items, Truncated: false };
  return { items, NextMarker: markerFor(nameOf(end), ''), Truncated: true };
}

/** Within one prefix, the tail of a record key is enough. */
export function markerFor(recordKey: string, prefix: string): string {
  return encodeBase64(new TextEncoder().encode(recordKey.slice(prefix.length)));
}

/** Throws InvalidMarkerException. */
export function lastKeyIn(marker: string, prefix: string): string {
  try {
    return prefix + new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64(marker));
  } catch {
    throw invalidMarker();
  }
}

function invalidMarker(): AwsError {
  return new AwsError('InvalidMarkerException', 'Could not deserialize marker');
}
