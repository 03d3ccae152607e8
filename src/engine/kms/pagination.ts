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

/** Within one prefix every record key is plain ASCII, so base64 of its tail will do. */
function markerFor(recordKey: string, prefix: string): string {
  return encodeBase64(new TextEncoder().encode(recordKey.slice(prefix.length)));
}

function lastKeyIn(marker: string, prefix: string): string {
  try {
    return prefix + new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64(marker));
  } catch {
    throw new AwsError('InvalidMarkerException', 'Could not deserialize marker');
  }
}
