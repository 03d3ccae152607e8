import type { Work } from '../../service/service.ts';
import type { Reader, Table, Transaction } from '../../vault/vault.ts';
import { recordKey, type KeyRecord } from '../records.ts';
import {
  grants,
  grantsByGrantee,
  grantsById,
  grantsByName,
  grantsByRetirer,
  type GrantRecord,
} from './records.ts';

/** Stores a grant, and finds it from then on by key, grantee, retiring principal, name and id. */
export function storeGrant(transaction: Transaction, grant: GrantRecord): void {
  const at = grantKey(grant);
  transaction.put(grants, at, grant);
  for (const { table, key } of indexEntries(grant)) transaction.put(table, key, at);
}

export function removeGrant(transaction: Transaction, grant: GrantRecord): void {
  transaction.delete(grants, grantKey(grant));
  for (const { table, key } of indexEntries(grant)) transaction.delete(table, key);
}

/** Grants live until they are retired or revoked, or until their key is gone: this is for the last. */
export function removeGrantsOf({ transaction }: Pick<Work, 'transaction'>, key: KeyRecord): void {
  for (const { value } of transaction.list(grants, { prefix: grantsPrefix(key) })) {
    removeGrant(transaction, value);
  }
}

export function countGrants(reader: Reader, key: KeyRecord): number {
  return reader.count(grants, grantsPrefix(key));
}

/** The grant of this id on this key. */
export function grantOn(reader: Reader, key: KeyRecord, grantId: string): GrantRecord | undefined {
  return reader.get(grants, grantsPrefix(key) + grantId);
}

/** The grant of this id on whatever key. */
export function grantById(reader: Reader, grantId: string): GrantRecord | undefined {
  const at = reader.get(grantsById, grantId);
  return at === undefined ? undefined : reader.get(grants, at);
}

/** The grants on a key that have this name, of which there may be several. */
export function grantsNamed(reader: Reader, key: KeyRecord, name: string): GrantRecord[] {
  return reader
    .list(grantsByName, { prefix: namePrefix(recordKey(key), name) })
    .flatMap(({ value }) => reader.get(grants, value) ?? [])
    .filter((grant) => grant.name === name);
}

/** Prefix of a key's grants in `grants`. */
export function grantsPrefix(key: KeyRecord): string {
  return `${recordKey(key)}/`;
}

/** Prefix in `grantsByGrantee`; also of grantees whose name goes on after a slash. */
export function granteePrefix(key: KeyRecord, grantee: string): string {
  return `${recordKey(key)}/${grantee}/`;
}

/** Prefix in `grantsByRetirer`, likewise. */
export function retirerPrefix(region: string, retirer: string): string {
  return `${region}/${retirer}/`;
}

/** The key id and the account of a grant's key, without reading the key. */
export function keyOfGrant({ keyRecordKey }: GrantRecord): {
  accountId: string;
  region: string;
  keyId: string;
} {
  const [accountId = '', region = '', keyId = ''] = keyRecordKey.split('/');
  return { accountId, region, keyId };
}

function grantKey({ keyRecordKey, grantId }: GrantRecord): string {
  return `${keyRecordKey}/${grantId}`;
}

function namePrefix(keyRecordKey: string, name: string): string {
  return `${keyRecordKey}/${name}/`;
}

function indexEntries(grant: GrantRecord): { table: Table<string>; key: string }[] {
  const { grantId, keyRecordKey, name } = grant;
  const grantee = grant.granteePrincipal ?? grant.granteeServicePrincipal ?? '';
  const retirer = grant.retiringPrincipal ?? grant.retiringServicePrincipal;
  return [
    { table: grantsById, key: grantId },
    { table: grantsByGrantee, key: `${keyRecordKey}/${grantee}/${grantId}` },
    ...(name === undefined ? [] : [{ table: grantsByName, key: namePrefix(keyRecordKey, name) + grantId }]),
    ...(retirer === undefined
      ? []
      : [{ table: grantsByRetirer, key: retirerPrefix(keyOfGrant(grant).region, retirer) + grantId }]),
  ];
}
