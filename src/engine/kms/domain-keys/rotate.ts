import type { FleetRefusal, Hsm } from '../../hsm/hsm.ts';
import type { Transaction } from '../../vault/vault.ts';
import { place } from '../records.ts';
import { day } from '../rotation/schedule.ts';
import type { DueHandler } from '../timeline/settle.ts';
import { tokens } from '../tokens.ts';
import { deactivatedIn, domainKeys, fromTheStart, storeDomain, type DomainKeyRecord } from './records.ts';

/**
 * How long a deactivated domain key stays in the modules at least. AWS keeps them for some days (AWS KMS Cryptographic
 * Details, "Domain keys"); seven outlive every import token, which holds for 24 hours.
 */
const keptFor = 7 * day;

export type Rotated =
  | { ok: true; record: DomainKeyRecord; retired: string[] }
  | { ok: false; refusal: FleetRefusal };

/**
 * Makes a new domain key, deactivates the one before, and lets go of those that nothing is left under. The sealed keys
 * follow in `resealSome`: until then some under an older domain key is how things are meant to be. The module's part
 * cannot be taken back; if this commit fails, the next rotation finds what it has left, or `reconcileDomains` does at the
 * next start.
 */
export async function rotateDomainKey(
  { transaction, time }: { transaction: Transaction; time: number },
  region: string,
  hsm: Hsm,
  missed = 0,
): Promise<Rotated> {
  const before = transaction.get(domainKeys, region);
  if (!before) return { ok: false, refusal: { reason: 'UNKNOWN_DOMAIN', region } };
  const made = await hsm.rotateDomainKey({ region });
  if (!made.ok) return made;
  const domain = (await hsm.view()).domains.find((other) => other.region === region)!;
  const noted = [{ id: before.active.id, since: time }, ...before.deactivated];
  const rotated: DomainKeyRecord = {
    active: { id: domain.domainKeyId, since: time },
    deactivated: deactivatedIn(domain, noted, time),
    next: time + day,
    resealFrom: fromTheStart,
    ...(missed > 0 && { missed }),
  };
  const retired = await retire(transaction, region, rotated, time, hsm);
  const record = {
    ...rotated,
    deactivated: rotated.deactivated.filter(({ id }) => !retired.includes(id)),
  };
  storeDomain(transaction, region, before, record);
  return { ok: true, record, retired };
}

/**
 * AWS makes a new domain key daily. Where the clock has gone past several days at once, one stands for all of them. No
 * customer's audit trail hears of it.
 */
export const rotateDomainWhenDue: DueHandler = async ({ transaction }, { subject: region, time }, rooms) => {
  const now = rooms.clock.now();
  const before = transaction.get(domainKeys, region);
  if (before?.next !== time) return;
  const rotated = await rotateDomainKey(
    { transaction, time: now },
    region,
    rooms.hsm,
    Math.floor((now - time) / day),
  );
  // Without a module in service nobody makes a key; another day, perhaps.
  if (!rotated.ok) storeDomain(transaction, region, before, { ...before, next: now + day });
};

async function retire(
  transaction: Transaction,
  region: string,
  { deactivated }: DomainKeyRecord,
  now: number,
  hsm: Hsm,
): Promise<string[]> {
  const old = deactivated.filter(({ since }) => since + keptFor <= now);
  if (old.length === 0) return [];
  const inUse = domainKeysInUse(transaction, region);
  const domainKeyIds = old.map(({ id }) => id).filter((id) => !inUse.has(id));
  const result = await hsm.retireDomainKeys({ region, domainKeyIds });
  return result.ok ? result.retired : [];
}

function domainKeysInUse(transaction: Transaction, region: string): Set<string> {
  const inUse = new Set<string>();
  for (const key of tokens.keys(transaction)) {
    if (!isIn(region, key)) continue;
    for (const copy of tokens.copies(transaction, key)) {
      if (copy.state !== 'missing') inUse.add(copy.value.domainKeyId);
    }
  }
  return inUse;
}

/** Whether a sealed key's record key is one of the Region. */
export function isIn(region: string, tokenKey: string): boolean {
  const [accountId = ''] = tokenKey.split('/', 1);
  return tokenKey.startsWith(place({ accountId, region }));
}
