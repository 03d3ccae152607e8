import { arnOfKey, keys, type KeyMaterial, type KeyRecord } from '../kms/records.ts';
import { tokenAad } from '../hsm/key-token.ts';
import { tokenKey, tokens } from '../kms/tokens.ts';
import type { Reader } from '../vault/vault.ts';
import { zones } from '../vault/zones.ts';
import { keyNamed } from './keys.ts';
import type { StorageQuery, StorageView, StoredToken } from './look.ts';

const mostTokens = 500;

/** What the storage layer holds: how each zone stands, and a page of the sealed keys. */
export function storageView(reader: Reader, query: StorageQuery): StorageView {
  const { from = 0, limit = 100, only } = query;
  const stored = sealedKeys(reader, query).map(({ key, material }) => storedToken(reader, key, material));
  const matching = stored.filter((token) => fits(token, only));
  return {
    zones: zones.map((name) => {
      const states = stored.map(({ copies }) => copies.find(({ zone }) => zone === name)!.state);
      const count = (wanted: string) => states.filter((state) => state === wanted).length;
      return { name, good: count('good'), missing: count('missing'), corrupt: count('corrupt') };
    }),
    lost: stored.filter(isLost).length,
    total: stored.length,
    matching: matching.length,
    tokens: matching.slice(Math.max(0, from), Math.max(0, from) + Math.min(limit, mostTokens)),
  };
}

const isLost = ({ copies }: StoredToken): boolean => copies.every(({ state }) => state !== 'good');

function fits(token: StoredToken, only: StorageQuery['only']): boolean {
  if (only === undefined) return true;
  return only === 'lost' ? isLost(token) : token.copies.some(({ state }) => state !== 'good');
}

/** Materials of which there should be a sealed key: not those of custom key stores, nor imported ones that are gone. */
function sealedKeys(
  reader: Reader,
  { region, keyArn }: StorageQuery,
): { key: KeyRecord; material: KeyMaterial }[] {
  return keysAskedFor(reader, keyArn)
    .filter((key) => (region === undefined || key.region === region) && key.customKeyStore === undefined)
    .flatMap((key) =>
      key.materials
        .filter(({ imported }) => imported?.state !== 'PENDING_IMPORT')
        .map((material) => ({ key, material })),
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
export function copiesOf(reader: Reader, key: KeyRecord, materialId: string): StoredToken['copies'] {
  return tokens.copies(reader, tokenKey(key, materialId)).map((copy) => {
    if (copy.state === 'missing') return { zone: copy.zone, state: copy.state };
    const { domainKeyId, sealed, iv } = copy.value;
    const aad = new TextDecoder().decode(tokenAad(copy.value));
    return { zone: copy.zone, state: copy.state, domainKeyId, sealed, iv, aad };
  });
}
