import type { DomainView, HsmView } from '../../hsm/hsm.ts';
import type { Work } from '../../service/service.ts';
import { table, type Reader, type Transaction } from '../../vault/vault.ts';
import { day } from '../rotation/schedule.ts';
import { schedule, unschedule, type Due } from '../timeline/due.ts';

/**
 * What the storage layer knows of the domain keys of one Region, none of which it ever sees: which there are, and
 * since when by the cloud's clock. The module keeps to the machine's clock, which nobody moves. The module is right
 * where the two differ; see `reconcileDomains`.
 */
export interface DomainKeyRecord {
  active: DomainKeyNote;
  /** Newest first. `since`: when it was deactivated. */
  deactivated: DomainKeyNote[];
  /** When the next one is due; milliseconds since the Unix epoch. */
  next: number;
  /** How many daily rotations the last one stood for, where the clock went past more than one. */
  missed?: number;
  /** Sealed keys after this record key may still be under older domain keys. Absent: all are under the active one. */
  resealFrom?: string;
}

interface DomainKeyNote {
  id: string;
  /** Milliseconds since the Unix epoch, by the cloud's clock. */
  since: number;
}

/** By Region. */
export const domainKeys = table<DomainKeyRecord>('kms.domain-keys');

/** From the first sealed key on. */
export const fromTheStart = '';

/** When each Region's domain key will be rotated. */
export function nextDomainKeyRotations(reader: Reader): { region: string; time: number }[] {
  return reader.list(domainKeys).map(({ key, value }) => ({ region: key, time: value.next }));
}

/** A key was sealed: notes the domain at its first one, and that there is work if the domain has gone on meanwhile. */
export function noteSeal({ transaction, time }: Work, region: string, domainKeyId: string): void {
  const known = transaction.get(domainKeys, region);
  if (!known) {
    storeDomain(transaction, region, undefined, {
      active: { id: domainKeyId, since: time },
      deactivated: [],
      next: time + day,
    });
  } else if (known.active.id !== domainKeyId && known.resealFrom !== fromTheStart) {
    transaction.put(domainKeys, region, { ...known, resealFrom: fromTheStart });
  }
}

/** Stores the record, and the note of when the next rotation is due. */
export function storeDomain(
  transaction: Transaction,
  region: string,
  before: DomainKeyRecord | undefined,
  record: DomainKeyRecord,
): void {
  if (before) unschedule(transaction, dueRotation(region, before.next));
  schedule(transaction, dueRotation(region, record.next));
  transaction.put(domainKeys, region, record);
}

/**
 * Takes over from the module which domain keys there are: of a cloud from before they were noted, and after a crash
 * between the module's work and the commit that notes it.
 */
export function reconcileDomains(transaction: Transaction, { domains }: HsmView, now: number): void {
  for (const domain of domains) {
    const { region, domainKeyId } = domain;
    const before = transaction.get(domainKeys, region);
    const noted = before?.deactivated ?? [];
    const deactivated = deactivatedIn(domain, noted, now);
    if (before?.active.id === domainKeyId && isSameSet(deactivated, noted)) continue;
    storeDomain(transaction, region, before, {
      active: { id: domainKeyId, since: before?.active.id === domainKeyId ? before.active.since : now },
      deactivated,
      next: before?.next ?? now + day,
      resealFrom: fromTheStart,
    });
  }
}

/** The module's deactivated keys, as they are noted; those that are not, as of now. */
export function deactivatedIn(
  { keys }: DomainView,
  noted: readonly DomainKeyNote[],
  now: number,
): DomainKeyNote[] {
  return keys
    .filter(({ state }) => state === 'deactivated')
    .map(({ id }) => noted.find((note) => note.id === id) ?? { id, since: now });
}

function isSameSet(some: readonly DomainKeyNote[], others: readonly DomainKeyNote[]): boolean {
  return some.length === others.length && others.every((note) => some.includes(note));
}

function dueRotation(region: string, time: number): Due {
  return { time, kind: 'DomainKeyRotation', subject: region };
}
