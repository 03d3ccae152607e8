import type { ExportedKeyToken } from '../../hsm/hsm.ts';
import { keys, type KeyMaterial, type KeyRecord } from '../../kms/records.ts';
import { tokens } from '../../kms/tokens.ts';
import type { Commit } from '../../vault/adapter.ts';
import type { Reader, Transaction } from '../../vault/vault.ts';
import { firstGood, type ZoneCopy } from '../../vault/zones.ts';
import { isCopyTable } from './targets.ts';

/** Material that a key had then, and that cannot be had again. */
export interface LostMaterial {
  /** Record key of the KMS key. */
  subject: string;
  material: KeyMaterial;
  why: 'shredded' | 'domain key gone';
}

/** What is to become of the sealed keys that have changed since. */
export interface SealedKeysBack {
  lost: LostMaterial[];
  /** Gives how many copies it has changed. `isBack`: whether this KMS key is there after the undo. */
  apply(transaction: Transaction, isBack: (subject: string) => boolean): number;
}

/**
 * Each sealed key goes back to the zones in which it was, as it is now: domain keys may have been changed since, so
 * that an older image would not open. Only where no good copy is left does an image from the journal take its place,
 * if its domain key is still there.
 */
export function sealedKeysBack(
  then: Reader,
  now: Reader,
  commits: readonly Commit[],
  opens: (token: ExportedKeyToken) => boolean,
): SealedKeysBack {
  const { changed, shredded } = namesIn(commits);
  const lost: LostMaterial[] = [];
  const wanted = new Map<string, Copy[]>();
  for (const name of changed) {
    const subject = name.slice(0, name.lastIndexOf('/'));
    const material = then.get(keys, subject)?.materials.find((one) => one.id === materialIn(name));
    if (!material || !isStored(then.get(keys, subject)!, material)) {
      wanted.set(name, []);
      continue;
    }
    const [before, present] = [tokens.copies(then, name), tokens.copies(now, name)];
    const isShredded = shredded.has(name);
    const good =
      firstGood(present)?.value ??
      before.map(valueOf).find((value, index) => value && before[index]!.state === 'good' && opens(value));
    if (!good && (isShredded || firstGood(before))) {
      lost.push({ subject, material, why: isShredded ? 'shredded' : 'domain key gone' });
      continue;
    }
    // Of shredded copies nobody knows any more where they were; new ones stay where they are.
    if (!isShredded)
      wanted.set(
        name,
        before.map((copy, index) => copyBack(copy, present[index]!, good)),
      );
  }

  return {
    lost,
    apply(transaction, isBack) {
      let changes = 0;
      for (const [name, copies] of wanted) {
        const subject = name.slice(0, name.lastIndexOf('/'));
        for (const { zone } of tokens.copies(transaction, name)) {
          const value = isBack(subject) ? copies.find((copy) => copy.zone === zone)?.value : undefined;
          const place = tokens.tableOf(zone);
          if (transaction.get(place, name) === value) continue;
          changes++;
          if (value === undefined) transaction.delete(place, name);
          else transaction.put(place, name, value);
        }
      }
      return changes;
    },
  };
}

interface Copy {
  zone: string;
  value: ExportedKeyToken | undefined;
}

/** A good copy is one that is good now; a missing or corrupt one is again what it was. */
function copyBack(
  before: ZoneCopy<ExportedKeyToken>,
  present: ZoneCopy<ExportedKeyToken>,
  good: ExportedKeyToken | undefined,
): Copy {
  const { zone, state } = before;
  if (state === 'good') return { zone, value: present.state === 'good' ? present.value : good };
  return { zone, value: valueOf(before) };
}

function valueOf(copy: ZoneCopy<ExportedKeyToken>): ExportedKeyToken | undefined {
  return copy.state === 'missing' ? undefined : copy.value;
}

/** Whether the storage layer is to hold it. */
function isStored({ customKeyStore }: KeyRecord, { imported }: KeyMaterial): boolean {
  return customKeyStore === undefined && imported?.state !== 'PENDING_IMPORT';
}

function materialIn(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** Names of the sealed keys that the commits have changed, and of those that they have shredded. */
function namesIn(commits: readonly Commit[]): { changed: Set<string>; shredded: Set<string> } {
  const changed = new Set<string>();
  const shredded = new Set<string>();
  for (const commit of commits) {
    for (const { table, key } of commit.changes) if (isCopyTable(table)) changed.add(key);
    for (const { table, key } of commit.shredded ?? []) {
      if (!isCopyTable(table)) continue;
      changed.add(key);
      shredded.add(key);
    }
  }
  return { changed, shredded };
}
