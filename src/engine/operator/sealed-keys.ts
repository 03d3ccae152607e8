import type { ExportedKeyToken } from '../hsm/hsm.ts';
import { keyNamed } from '../look/keys.ts';
import { currentMaterial, keys, type KeyRecord } from '../kms/records.ts';
import { sealedMaterials, tokenKey, tokens } from '../kms/tokens.ts';
import type { Reader } from '../vault/vault.ts';
import { firstGood } from '../vault/zones.ts';
import { ActRefused } from './act.ts';

/** @throws ActRefused where there is no such key */
export function keyByArn(reader: Reader, keyArn: string): KeyRecord {
  const key = keyNamed(reader, keyArn);
  if (!key) throw new ActRefused(`There is no key ${keyArn}.`);
  return key;
}

/** Record keys of all sealed keys that there should be, also of those that no zone has a copy of. */
export function sealedKeys(reader: Reader): string[] {
  return reader
    .list(keys)
    .flatMap(({ value }) => sealedMaterials(value).map(({ id }) => tokenKey(value, id)));
}

/**
 * Record key of a key's sealed material.
 * @throws ActRefused where the key has no such material
 */
export function sealedKeyOf(reader: Reader, keyArn: string, materialId: string): string {
  const key = keyByArn(reader, keyArn);
  if (!key.materials.some(({ id }) => id === materialId)) {
    throw new ActRefused(`The key ${keyArn} has no key material ${materialId}.`);
  }
  return tokenKey(key, materialId);
}

/**
 * A good copy of what the key encrypts with now.
 * @throws ActRefused where there is none
 */
export function currentToken(reader: Reader, keyArn: string): ExportedKeyToken {
  const key = keyByArn(reader, keyArn);
  const material = currentMaterial(key);
  const good = material && firstGood(tokens.copies(reader, tokenKey(key, material.id)));
  if (!good) throw new ActRefused(`The storage layer holds no good sealed key of ${keyArn}.`);
  return good.value;
}
