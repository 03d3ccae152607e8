import type { BackingKeySpec } from '../hsm/hsm.ts';
import { table, type Transaction } from '../vault/vault.ts';
import { aliasArn, keyArn, type KeyLocation } from './identifiers.ts';
import type { KeyUsage } from './key-specs.ts';
import type { KeyState } from './key-states.ts';

/** One KMS key, as the storage layer holds it: everything but key material. */
export interface KeyRecord extends KeyLocation {
  keyId: string;
  spec: BackingKeySpec;
  usage: KeyUsage;
  state: KeyState;
  description: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
  /** The key policy's text, as it was given. */
  policy: string;
  tags: { TagKey: string; TagValue: string }[];
  /** Backing key that new ciphertext is made with. */
  currentMaterialId: string;
  /** DER SubjectPublicKeyInfo, for asymmetric keys. */
  publicKey?: Uint8Array;
}

export interface AliasRecord extends KeyLocation {
  /** With its prefix: `alias/demo`. */
  name: string;
  targetKeyId: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
  updated: number;
}

/** By `place(location) + key id`. */
export const keys = table<KeyRecord>('kms.keys');

/** By `place(location) + alias name`. */
export const aliases = table<AliasRecord>('kms.aliases');

/** Which KMS key a backing key belongs to: by `region/material id`, the record key in `keys`. */
export const materials = table<string>('kms.materials');

/** Prefix of all record keys of one account in one Region. */
export function place({ accountId, region }: KeyLocation): string {
  return `${accountId}/${region}/`;
}

export function arnOfKey(key: KeyRecord): string {
  return keyArn(key, key.keyId);
}

export function arnOfAlias(alias: AliasRecord): string {
  return aliasArn(alias, alias.name);
}

export function storeKey(transaction: Transaction, key: KeyRecord): void {
  transaction.put(keys, place(key) + key.keyId, key);
}
