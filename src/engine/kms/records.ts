import type { BackingKeySpec } from '../hsm/hsm.ts';
import type { AwsEnum } from './enums.ts';
import { table, type Reader, type Transaction } from '../vault/vault.ts';
import { aliasArn, keyArn, parseIdentifier, type KeyLocation } from './identifiers.ts';
import type { KeyUsage, Origin } from './key-specs.ts';
import type { KeyState } from './key-states.ts';

/** What the storage layer holds of KMS keys: everything but key material. All times are milliseconds since the Unix epoch. */

/** One backing key of a KMS key: what ListKeyRotations tells of it. */
export interface KeyMaterial {
  /** KeyMaterialId, 64 lower-case hex digits. */
  id: string;
  state: 'CURRENT' | 'NON_CURRENT' | 'PENDING_ROTATION' | 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
  /** How it became current; absent for a key's first material and for one that is still pending. */
  rotation?: { time: number; type: 'AUTOMATIC' | 'ON_DEMAND' };
  /** Origin EXTERNAL only. */
  imported?: {
    /** `PENDING_IMPORT`: it was deleted or has expired, and the same bytes can be imported again. */
    state: 'IMPORTED' | 'PENDING_IMPORT';
    /** Absent where it was never imported: in a replica key, before its own import. */
    expirationModel?: AwsEnum<'ExpirationModel'>;
    validTo?: number;
    description?: string;
  };
}

/** One KMS key. */
export interface KeyRecord extends KeyLocation {
  keyId: string;
  spec: BackingKeySpec;
  usage: KeyUsage;
  origin: Origin;
  manager: 'CUSTOMER' | 'AWS';
  state: KeyState;
  description: string;
  created: number;
  /** The key policy's text, as it was given. */
  policy: string;
  tags: { TagKey: string; TagValue: string }[];
  /** Every backing key that it ever had, the oldest first. Empty before the first import. */
  materials: KeyMaterial[];
  /** DER SubjectPublicKeyInfo, for asymmetric keys. */
  publicKey?: Uint8Array;
  /** Automatic rotation, while it is on. Replicas show their primary key's. */
  rotation?: { periodInDays: number; next: number };
  /** How often it was rotated on demand, and since when such a rotation has been under way. */
  onDemandRotations: number;
  onDemandStarted?: number;
  /** While its deletion is pending. `date` is absent while replicas keep a primary key alive. */
  deletion?: { windowInDays: number; date?: number };
  multiRegion?: {
    type: 'PRIMARY' | 'REPLICA';
    primaryRegion: string;
    /** Regions of all replicas, in the order of their making. Every member of the family holds the same list. */
    replicaRegions: string[];
  };
  customKeyStore?: {
    id: string;
    /** Of a key in a CloudHSM cluster. */
    clusterId?: string;
    backingKeyId?: string;
    /** Of a key behind an external key store proxy. */
    xksKeyId?: string;
    /** What its state will be when the store is connected again, while it is Unavailable. */
    stateWhenConnected?: 'Enabled' | 'Disabled';
  };
}

export interface AliasRecord extends KeyLocation {
  /** With its prefix: `alias/demo`. */
  name: string;
  targetKeyId: string;
  created: number;
  updated: number;
}

/** By `place(location) + key id`. */
export const keys = table<KeyRecord>('kms.keys');

/** By `place(location) + alias name`. */
export const aliases = table<AliasRecord>('kms.aliases');

/** Names of the aliases of a key: by `recordKey(key)/alias name`. */
const aliasesByKey = table<string>('kms.aliases-by-key');

/** Which KMS key a backing key belongs to: by `region/material id`, the record key in `keys`. */
export const materials = table<string>('kms.materials');

/** Prefix of all record keys of one account in one Region. */
export function place({ accountId, region }: KeyLocation): string {
  return `${accountId}/${region}/`;
}

/** The key's record key in `keys`. */
export function recordKey(key: KeyLocation & { keyId: string }): string {
  return place(key) + key.keyId;
}

/** The record key that a key ARN names; `undefined` for other text, a bare key id included. */
export function recordKeyIn(keyArn: string): string | undefined {
  const parsed = parseIdentifier(keyArn);
  if (parsed?.kind !== 'key' || !parsed.location) return undefined;
  return recordKey({ ...parsed.location, keyId: parsed.keyId });
}

export function arnOfKey(key: KeyRecord): string {
  return keyArn(key, key.keyId);
}

export function arnOfAlias(alias: AliasRecord): string {
  return aliasArn(alias, alias.name);
}

export function storeKey(transaction: Transaction, key: KeyRecord): void {
  transaction.put(keys, recordKey(key), key);
}

/** The backing key that new ciphertext is made with. */
export function currentMaterial(key: KeyRecord): KeyMaterial | undefined {
  return key.materials.findLast(({ state }) => state === 'CURRENT');
}

/** Only symmetric keys that KMS holds the material of have a KeyMaterialId that AWS reports. */
export function reportedMaterialId(key: KeyRecord, materialId: string | undefined): string | undefined {
  return key.spec === 'SYMMETRIC_DEFAULT' && key.customKeyStore === undefined ? materialId : undefined;
}

export function putAlias(transaction: Transaction, alias: AliasRecord): void {
  removeAlias(transaction, alias);
  transaction.put(aliases, place(alias) + alias.name, alias);
  transaction.put(aliasesByKey, aliasByKey(alias), alias.name);
}

/** Removes the alias of this name, whatever key it points at. */
export function removeAlias(transaction: Transaction, { name, ...location }: KeyLocation & { name: string }) {
  const present = transaction.get(aliases, place(location) + name);
  if (!present) return;
  transaction.delete(aliasesByKey, aliasByKey(present));
  transaction.delete(aliases, place(location) + name);
}

function aliasByKey(alias: AliasRecord): string {
  return `${place(alias)}${alias.targetKeyId}/${alias.name}`;
}

/** Names of the aliases that point at a key. */
export function aliasNamesOf(reader: Reader, key: KeyRecord): string[] {
  return reader.list(aliasesByKey, { prefix: `${recordKey(key)}/` }).map(({ value }) => value);
}
