import type { Transaction } from '../vault/vault.ts';
import { aliases, keys, putAlias, type KeyRecord } from './records.ts';

/** A key as the first version wrote it: symmetric or RSA, with one backing key, made by KMS, in one Region. */
type FirstKeyRecord = Pick<
  KeyRecord,
  | 'accountId'
  | 'region'
  | 'keyId'
  | 'spec'
  | 'usage'
  | 'state'
  | 'description'
  | 'created'
  | 'policy'
  | 'tags'
  | 'publicKey'
> & { currentMaterialId: string };

/** Brings the records of a cloud of the first version into their present form. */
export function migrateFirstVersion(transaction: Transaction): void {
  for (const { key, value } of transaction.list(keys)) {
    const { currentMaterialId, ...rest } = value as KeyRecord & FirstKeyRecord;
    transaction.put(keys, key, {
      ...rest,
      origin: 'AWS_KMS',
      manager: 'CUSTOMER',
      materials: [{ id: currentMaterialId, state: 'CURRENT' }],
      onDemandRotations: 0,
    });
  }
  for (const { value } of transaction.list(aliases)) putAlias(transaction, value);
}
