import { synchronised } from '../../kms/multi-region/family.ts';
import { keys, recordKey, type KeyRecord } from '../../kms/records.ts';
import type { Due } from '../../kms/timeline/due.ts';
import type { Reader } from '../../vault/vault.ts';
import type { Targets } from './targets.ts';

/**
 * Related multi-Region keys of which one does not come back, or not as it was, agree about it: none names a member
 * that is not there, one of those that are left is the primary key, and the others share what is its.
 * @returns what is to be due for it, whatever else is put back
 */
export function reuniteFamilies(targets: Targets, now: Reader, changed: Iterable<string>): Due[] {
  const done = new Set<string>();
  const due: Due[] = [];
  for (const subject of changed) {
    const member = anyMember(targets, now, subject);
    if (!member?.multiRegion || done.has(familyName(member))) continue;
    done.add(familyName(member));
    due.push(...reunite(targets, now, member));
  }
  return due;
}

function familyName({ accountId, keyId }: KeyRecord): string {
  return `${accountId}/${keyId}`;
}

/** Some key of the family that is there after the undo, found from one that may not be. */
function anyMember(targets: Targets, now: Reader, subject: string): KeyRecord | undefined {
  const [accountId, , keyId] = subject.split('/');
  const own = after(targets, now, subject);
  if (own) return own;
  for (const { table, value } of targets.entries()) {
    if (table !== keys.name || value === undefined) continue;
    const key = value as KeyRecord;
    if (key.accountId === accountId && key.keyId === keyId) return key;
  }
  return undefined;
}

function reunite(targets: Targets, now: Reader, member: KeyRecord): Due[] {
  const { primaryRegion, replicaRegions } = member.multiRegion!;
  const left = [primaryRegion, ...replicaRegions].flatMap(
    (region) => after(targets, now, recordKey({ ...member, region })) ?? [],
  );
  const wasPrimaryNow = (key: KeyRecord) => now.get(keys, recordKey(key))?.multiRegion?.type === 'PRIMARY';
  const chosen = left.find(({ region }) => region === primaryRegion) ?? left.find(wasPrimaryNow) ?? left[0];
  if (!chosen) return [];
  const others = left.filter((key) => key !== chosen);
  const primary: KeyRecord = {
    ...chosen,
    multiRegion: {
      type: 'PRIMARY',
      primaryRegion: chosen.region,
      replicaRegions: others.map(({ region }) => region),
    },
  };
  const present = now.get(keys, recordKey(primary));
  const settled = present && waitsForNobody(primary) ? goingOnAs(present, primary) : primary;
  targets.set(keys, recordKey(settled), settled);
  for (const other of others) targets.set(keys, recordKey(other), synchronised(other, settled));
  const { date } = settled.deletion ?? {};
  return date === undefined ? [] : [{ time: date, kind: 'KeyDeletion', subject: recordKey(settled) }];
}

/** A primary key waits with its deletion for its replicas; here none is left. */
function waitsForNobody({ state, multiRegion }: KeyRecord): boolean {
  return state === 'PendingReplicaDeletion' && multiRegion?.replicaRegions.length === 0;
}

function goingOnAs({ state, deletion }: KeyRecord, { deletion: _, ...key }: KeyRecord): KeyRecord {
  return { ...key, state, ...(deletion && { deletion }) };
}

/** The key as it is after the undo. */
function after(targets: Targets, now: Reader, subject: string): KeyRecord | undefined {
  const target = targets.get(keys, subject);
  return target.length > 0 ? target[0] : now.get(keys, subject);
}
