import type { ClockState } from '../clock/cloud-clock.ts';
import type { CustomKeyStore } from '../kms/custom-key-stores/records.ts';
import type { DomainKeyRecord } from '../kms/domain-keys/records.ts';
import type { GrantRecord } from '../kms/grants/records.ts';
import { keyArn } from '../kms/identifiers.ts';
import type { AliasRecord, KeyMaterial, KeyRecord } from '../kms/records.ts';
import { tokens } from '../kms/tokens.ts';
import type { Principal } from '../iam/types.ts';
import type { MomentChange } from '../look/look.ts';
import type { Change, Commit } from '../vault/adapter.ts';
import { isSame } from '../vault/shredding.ts';
import { zones } from '../vault/zones.ts';

/** What a commit has changed, in words of the service: tables that only help to find others are left out. */
export function changesOf({ changes, shredded = [] }: Commit): MomentChange[] {
  const told: MomentChange[] = [];
  const copies = new Map<string, Change[]>();
  for (const change of changes) {
    if (tokens.zoneOf(change.table) !== undefined) {
      copies.set(change.key, [...(copies.get(change.key) ?? []), change]);
      continue;
    }
    told.push(...(tellers[change.table]?.(change) ?? []));
  }
  const isShredded = (change: Change) => shredded.some((record) => isSame(record, change));
  for (const [key, ofOneToken] of copies) told.push(...copyChanges(key, ofOneToken, isShredded));
  return told;
}

type Teller = (change: Change) => MomentChange[];

/** By table: how one change is told. */
const tellers: Record<string, Teller> = {
  'kms.keys': (change) => keyChanges(change.before as KeyRecord, change.after as KeyRecord),
  'kms.aliases': ({ before, after }) => {
    const alias = (after ?? before) as AliasRecord;
    const target = keyArn(alias, alias.targetKeyId);
    return [{ what: 'alias', how: how(before, after), subject: alias.name, keyArn: target }];
  },
  'kms.grants': ({ before, after }) => {
    const { keyRecordKey, grantId } = (after ?? before) as GrantRecord;
    return [{ what: 'grant', how: how(before, after), subject: grantId, ...aboutKey(keyRecordKey) }];
  },
  'kms.custom-key-stores': ({ before, after }) => {
    const [from, to] = [before as CustomKeyStore | undefined, after as CustomKeyStore | undefined];
    return [
      {
        what: 'key-store',
        how: how(before, after),
        subject: (to ?? from)!.id,
        ...fromTo(from?.connection, to?.connection),
      },
    ];
  },
  'kms.domain-keys': ({ key: region, before, after }) => {
    const [from, to] = [before as DomainKeyRecord | undefined, after as DomainKeyRecord | undefined];
    const [was, is] = [from?.active.id, to?.active.id];
    return was === is
      ? []
      : [{ what: 'domain-key', how: how(before, after), subject: region, ...fromTo(was, is) }];
  },
  'iam.principals': ({ before, after }) => [
    { what: 'principal', how: how(before, after), subject: ((after ?? before) as Principal).arn },
  ],
  'cloud.clock': ({ before, after }) => [
    {
      what: 'clock',
      how: how(before, after),
      subject: 'clock',
      ...fromTo(clockText(before as ClockState), clockText(after as ClockState)),
    },
  ],
};

function keyChanges(before: KeyRecord | undefined, after: KeyRecord | undefined): MomentChange[] {
  const key = (after ?? before)!;
  const arn = keyArn(key, key.keyId);
  const told: MomentChange[] = [];
  const tell = (what: MomentChange['what'], change: Partial<MomentChange>): void =>
    void told.push({ what, how: 'changed', subject: arn, keyArn: arn, ...change });

  if (!before || !after) {
    tell('key', { how: how(before, after), ...fromTo(before?.state, after?.state) });
  } else {
    if (before.state !== after.state) tell('key', { from: before.state, to: after.state });
    if (before.policy !== after.policy) tell('policy', {});
    if (differ(before.tags, after.tags)) tell('tags', {});
    if (before.rotation?.periodInDays !== after.rotation?.periodInDays) {
      tell('rotation', fromTo(period(before), period(after)));
    }
    if (before.state === after.state && differ(others(before), others(after))) tell('key', {});
  }
  for (const { id, from, to } of materialsOf(before, after)) {
    const [was, is] = [from && stateOf(from), to && stateOf(to)];
    if (was !== is) tell('material', { how: how(from, to), subject: id, ...fromTo(was, is) });
  }
  return told;
}

/** What else of a key may change without its state: description, family, pending deletion. */
function others({ description, multiRegion, deletion }: KeyRecord): unknown {
  return [description, multiRegion, deletion];
}

function materialsOf(
  before: KeyRecord | undefined,
  after: KeyRecord | undefined,
): { id: string; from: KeyMaterial | undefined; to: KeyMaterial | undefined }[] {
  const [old = [], now = []] = [before?.materials, after?.materials];
  const ids = new Set([...old, ...now].map(({ id }) => id));
  const named = (list: readonly KeyMaterial[], id: string) => list.find((material) => material.id === id);
  return [...ids].map((id) => ({ id, from: named(old, id), to: named(now, id) }));
}

function stateOf({ state, imported }: KeyMaterial): string {
  return imported?.state === 'PENDING_IMPORT' ? 'PENDING_IMPORT' : state;
}

/** Zones mostly do the same; where they do not, each that does something is told. */
function copyChanges(
  recordKey: string,
  changes: readonly Change[],
  isShredded: (change: Change) => boolean,
): MomentChange[] {
  const materialId = recordKey.slice(recordKey.lastIndexOf('/') + 1);
  const about = aboutKey(recordKey.slice(0, recordKey.lastIndexOf('/')));
  const told = changes.map((change) => ({
    zone: tokens.zoneOf(change.table)!,
    how: isShredded(change) ? ('shredded' as const) : how(change.before, change.after),
  }));
  const [first] = told;
  if (first && told.length === zones.length && told.every((change) => change.how === first.how)) {
    const [from, to] =
      first.how === 'made' ? [0, told.length] : [told.length, first.how === 'changed' ? told.length : 0];
    return [
      { what: 'copy', how: first.how, subject: materialId, ...about, from: String(from), to: String(to) },
    ];
  }
  return told.map(({ zone, how }) => ({ what: 'copy', how, subject: zone, ...about }));
}

function aboutKey(recordKey: string): { keyArn?: string } {
  const [accountId, region, keyId] = recordKey.split('/');
  return accountId && region && keyId ? { keyArn: keyArn({ accountId, region }, keyId) } : {};
}

function how(before: unknown, after: unknown): 'made' | 'changed' | 'removed' {
  if (before === undefined) return 'made';
  return after === undefined ? 'removed' : 'changed';
}

function fromTo(from: string | undefined, to: string | undefined): { from?: string; to?: string } {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function period({ rotation }: KeyRecord): string | undefined {
  return rotation && `${rotation.periodInDays} days`;
}

/** How far ahead of the machine the clock is, in milliseconds; or what it shows, where it does not go with it. */
function clockText(clock: ClockState | undefined): string | undefined {
  if (!clock) return undefined;
  return clock.pace === 'real' ? `${clock.value} ms ahead` : new Date(clock.value).toISOString();
}

/** Of plain data. */
function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
