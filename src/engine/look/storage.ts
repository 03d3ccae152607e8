import { arnOfKey, keys, type KeyMaterial, type KeyRecord } from '../kms/records.ts';
import { tokenAad } from '../hsm/key-token.ts';
import { sealedMaterials, tokenKey, tokens } from '../kms/tokens.ts';
import type { Reader } from '../vault/vault.ts';
import type { RecordName } from '../vault/adapter.ts';
import { zones, type CopyState } from '../vault/zones.ts';
import { keyNamed } from './keys.ts';
import type { KeyLocation } from '../kms/identifiers.ts';
import type { KeyAnatomy, StorageQuery, StorageView, StoredToken } from './look.ts';
import type { TraceKeeper } from './traces.ts';

const mostTokens = 500;

/** What the storage layer holds: how each zone stands, and a page of the sealed keys. */
export function storageView(
  reader: Reader,
  query: StorageQuery,
  traces: Pick<TraceKeeper, 'ciphertexts'>,
): StorageView {
  const { from = 0, limit = 100, only } = query;
  const stored = sealedKeys(reader, query);
  const matching = stored.filter(({ states }) => fits(states, only));
  const page = matching.slice(Math.max(0, from), Math.max(0, from) + Math.min(limit, mostTokens));
  return {
    zones: zones.map((name, index) => {
      const count = (wanted: CopyState) => stored.filter(({ states }) => states[index] === wanted).length;
      return { name, good: count('good'), missing: count('missing'), corrupt: count('corrupt') };
    }),
    lost: stored.filter(({ states }) => isLost(states)).length,
    total: stored.length,
    matching: matching.length,
    tokens: page.map(({ key, material }) => ({
      ...storedToken(reader, key, material),
      ciphertexts: traces.ciphertexts(material.id),
    })),
  };
}

const isLost = (states: readonly CopyState[]): boolean => states.every((state) => state !== 'good');

function fits(states: readonly CopyState[], only: StorageQuery['only']): boolean {
  if (only === undefined) return true;
  return only === 'lost' ? isLost(states) : states.some((state) => state !== 'good');
}

interface SealedKey {
  key: KeyRecord;
  material: KeyMaterial;
  /** One a zone, in the order of `zones`. */
  states: CopyState[];
}

function sealedKeys(reader: Reader, { region, keyArn }: StorageQuery): SealedKey[] {
  return keysAskedFor(reader, keyArn)
    .filter((key) => region === undefined || key.region === region)
    .flatMap((key) =>
      sealedMaterials(key).map((material) => ({
        key,
        material,
        states: tokens.copies(reader, tokenKey(key, material.id)).map(({ state }) => state),
      })),
    );
}

function keysAskedFor(reader: Reader, keyArn: string | undefined): KeyRecord[] {
  if (keyArn === undefined) return reader.list(keys).map(({ value }) => value);
  const key = keyNamed(reader, keyArn);
  return key ? [key] : [];
}

function storedToken(reader: Reader, key: KeyRecord, material: KeyMaterial): StoredToken {
  return {
    keyArn: arnOfKey(key),
    materialId: material.id,
    spec: key.spec,
    imported: material.imported !== undefined,
    copies: copiesOf(reader, key, material.id),
  };
}

/** What each zone holds of one sealed key. */
export function copiesOf(
  reader: Reader,
  key: KeyLocation & { keyId: string },
  materialId: string,
): StoredToken['copies'] {
  return tokens.copies(reader, tokenKey(key, materialId)).map((copy) => {
    if (copy.state === 'missing') return { zone: copy.zone, state: copy.state };
    const { domainKeyId, sealed, iv } = copy.value;
    const aad = new TextDecoder().decode(tokenAad(copy.value));
    return { zone: copy.zone, state: copy.state, domainKeyId, sealed, iv, aad };
  });
}

/** Whether a record is a copy of a sealed key that this key has had, and of which no zone has a copy now. */
export function hasNoCopyNow(now: Reader, key: KeyAnatomy): (record: RecordName) => boolean {
  const gone = key.materials
    .map(({ materialId }) => tokenKey(key, materialId))
    .filter((name) => tokens.copies(now, name).every(({ state }) => state === 'missing'));
  return (record) => tokens.zoneOf(record.table) !== undefined && gone.includes(record.key);
}
