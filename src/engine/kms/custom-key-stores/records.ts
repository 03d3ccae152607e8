import { table, type Reader, type Transaction } from '../../vault/vault.ts';
import type { KeyLocation } from '../identifiers.ts';
import { keys, place, recordKey, type KeyRecord } from '../records.ts';
import type { Cluster, ConnectionErrorCode, XksProxy } from './backends.ts';
import { storeNotFound } from './errors.ts';

/** AWS's ConnectionStateType. */
export type ConnectionState = 'DISCONNECTED' | 'CONNECTING' | 'CONNECTED' | 'DISCONNECTING' | 'FAILED';

export interface CloudHsmBacking {
  type: 'AWS_CLOUDHSM';
  clusterId: string;
  trustAnchorCertificate: string;
  /** Of `kmsuser`. KMS logs in with it whenever the store is connected. */
  password: string;
  /** Absent where nothing was there to tell it when the store was made. */
  backupHistoryId?: string;
}

export interface XksBacking {
  type: 'EXTERNAL_KEY_STORE';
  proxy: XksProxy;
}

export interface CustomKeyStore extends KeyLocation {
  /** `cks-` and 17 hex digits. */
  id: string;
  name: string;
  /** Milliseconds since the Unix epoch. */
  created: number;
  connection: ConnectionState;
  /** While `connection` is FAILED. */
  errorCode?: ConnectionErrorCode;
  /** When the change that is under way will be over; milliseconds since the Unix epoch. */
  settles?: number;
  backing: CloudHsmBacking | XksBacking;
}

/** By `place(store) + id`. */
export const customKeyStores = table<CustomKeyStore>('kms.custom-key-stores');

/** Keys of a store: by `storeKey(store)/key id`, the record key in `keys`. */
const keysByStore = table<string>('kms.keys-by-custom-key-store');

/** Throws CustomKeyStoreNotFoundException. */
export function findStore(reader: Reader, location: KeyLocation, id: string): CustomKeyStore {
  const store = reader.get(customKeyStores, place(location) + id);
  if (!store) throw storeNotFound(id);
  return store;
}

/** Every store of the account in the Region. */
export function storesIn(reader: Reader, location: KeyLocation): CustomKeyStore[] {
  return reader.list(customKeyStores, { prefix: place(location) }).map(({ value }) => value);
}

/** The store that a key is in. Throws CustomKeyStoreNotFoundException. */
export function storeOf(reader: Reader, key: KeyRecord): CustomKeyStore {
  return findStore(reader, key, key.customKeyStore?.id ?? '');
}

/** The store's record key in `customKeyStores`. */
export function storeRecordKey(store: KeyLocation & { id: string }): string {
  return place(store) + store.id;
}

export function putStore(transaction: Transaction, store: CustomKeyStore): void {
  transaction.put(customKeyStores, storeRecordKey(store), store);
}

export function clusterOf({ accountId, region }: KeyLocation, { clusterId }: CloudHsmBacking): Cluster {
  return { accountId, region, clusterId };
}

/** Notes that a key is in its store, until `removeFromStore`. */
export function addToStore(transaction: Transaction, store: CustomKeyStore, key: KeyRecord): void {
  transaction.put(keysByStore, `${storeRecordKey(store)}/${key.keyId}`, recordKey(key));
}

export function removeFromStore(transaction: Transaction, store: CustomKeyStore, key: KeyRecord): void {
  transaction.delete(keysByStore, `${storeRecordKey(store)}/${key.keyId}`);
}

/** Keys in the store, those that wait for their deletion included. */
export function keysIn(reader: Reader, store: CustomKeyStore): KeyRecord[] {
  return reader
    .list(keysByStore, { prefix: `${storeRecordKey(store)}/` })
    .flatMap(({ value }) => reader.get(keys, value) ?? []);
}
