import { table, type Reader, type Transaction } from '../../vault/vault.ts';

/** What time brings about without anybody's asking. */
export type DueKind =
  | 'AutomaticRotation'
  | 'OnDemandRotation'
  | 'KeyDeletion'
  | 'MaterialExpiry'
  | 'ReplicaReady'
  | 'PrimaryRegionUpdated'
  | 'CustomKeyStoreConnection'
  | 'CustomKeyStoreDisconnection'
  | 'DomainKeyRotation';

/**
 * Something that is to happen at a time. It is a note, not a promise: when its time comes, whoever handles it
 * looks whether the record that it is about still wants it.
 */
export interface Due {
  /** Milliseconds since the Unix epoch. */
  time: number;
  kind: DueKind;
  /** Record key of the KMS key or of the custom key store, or the Region. */
  subject: string;
  /** What within the subject it is about: a KeyMaterialId, say. */
  detail?: string;
}

/** By `time/kind/subject/detail`, the time padded so that the order of keys is that of times. */
const due = table<Due>('kms.due');

export function schedule(transaction: Transaction, event: Due): void {
  transaction.put(due, dueKey(event), event);
}

/** Takes a note away, which is not needed where its handler would find it stale, but keeps the list true. */
export function unschedule(transaction: Transaction, event: Due): void {
  transaction.delete(due, dueKey(event));
}

export function isScheduled(reader: Reader, event: Due): boolean {
  return reader.get(due, dueKey(event)) !== undefined;
}

/** What is to happen next, after so many others. */
export function dueAt(reader: Reader, position: number): Due | undefined {
  return reader.list(due, { limit: position + 1 })[position]?.value;
}

/** All that is to happen, the soonest first. */
export function everythingDue(reader: Reader): Due[] {
  return reader.list(due).map(({ value }) => value);
}

function dueKey({ time, kind, subject, detail = '' }: Due): string {
  // Whole milliseconds, so that the order of the texts is that of the times.
  return `${String(Math.ceil(time)).padStart(15, '0')}/${kind}/${subject}/${detail}`;
}
