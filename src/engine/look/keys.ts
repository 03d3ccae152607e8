import { aliasNamesOf, arnOfKey, keys, recordKeyIn, type KeyRecord } from '../kms/records.ts';
import type { Reader } from '../vault/vault.ts';
import type { KeyLine } from './look.ts';

/** Every key of every account and Region, in the order of their making. */
export function keyLines(reader: Reader): KeyLine[] {
  return reader
    .list(keys)
    .map(({ value }) => keyLine(reader, value))
    .sort((one, other) => one.created - other.created || (one.keyArn < other.keyArn ? -1 : 1));
}

export function keyLine(reader: Reader, key: KeyRecord): KeyLine {
  const { keyId, accountId, region, spec, usage, origin, manager, state, description, created } = key;
  return {
    keyArn: arnOfKey(key),
    keyId,
    accountId,
    region,
    aliases: aliasNamesOf(reader, key),
    spec,
    usage,
    origin,
    manager,
    state,
    description,
    created,
    materials: key.materials.length,
    ...(key.multiRegion && { multiRegion: key.multiRegion }),
  };
}

/** The key of this ARN. */
export function keyNamed(reader: Reader, keyArn: string): KeyRecord | undefined {
  const named = recordKeyIn(keyArn);
  return named === undefined ? undefined : reader.get(keys, named);
}
