import type { Hsm } from '../../hsm/hsm.ts';
import type { Reader, Transaction, Vault } from '../../vault/vault.ts';
import { firstGood } from '../../vault/zones.ts';
import { tokens } from '../tokens.ts';
import { domainKeys, type DomainKeyRecord } from './records.ts';
import { isIn } from './rotate.ts';

/** So many sealed keys are sealed anew in one go, while requests wait. */
const batchSize = 100;

/**
 * Seals the next few sealed keys anew that are not under the active domain key of their Region, in one commit for each
 * Region. Between two turns some are under the new domain key and some under older ones, which the modules still have;
 * a crash in between changes nothing about that.
 * @returns whether there is more to do
 */
export async function resealSome(vault: Vault, hsm: Hsm): Promise<boolean> {
  let isMore = false;
  for (const { key: region, value } of vault.list(domainKeys)) {
    if (value.resealFrom === undefined) continue;
    const { done } = await vault.transact(`due:DomainKeyRotation:${region}`, (transaction) =>
      resealBatch(transaction, region, hsm, vault),
    );
    isMore ||= !done;
  }
  return isMore;
}

/** Seals everything of one Region anew, in this transaction. */
export async function resealAll(
  transaction: Transaction,
  region: string,
  hsm: Hsm,
): Promise<{ resealed: number; unopened: number }> {
  let resealed = 0;
  let unopened = 0;
  for (;;) {
    const batch = await resealBatch(transaction, region, hsm, transaction);
    resealed += batch.resealed;
    unopened += batch.unopened;
    if (batch.done) return { resealed, unopened };
  }
}

interface Batch {
  resealed: number;
  /** They open under no domain key that the modules have: they stay as they are. */
  unopened: number;
  /** Nothing is left to do, or nothing can be done now. */
  done: boolean;
}

/** `finder` is read to find the next ones: the vault, so that a transaction does not depend on whatever else there is. */
async function resealBatch(
  transaction: Transaction,
  region: string,
  hsm: Hsm,
  finder: Reader,
): Promise<Batch> {
  const record = transaction.get(domainKeys, region);
  if (record?.resealFrom === undefined) return { resealed: 0, unopened: 0, done: true };
  const { keys, last } = nextOnes(finder, region, record);
  const found = keys.flatMap((key) => {
    const good = firstGood(tokens.copies(transaction, key));
    return good ? [{ key, token: good.value }] : [];
  });
  const result = found.length > 0 && (await hsm.reseal({ tokens: found.map(({ token }) => token) }));
  if (result && !result.ok) return { resealed: 0, unopened: 0, done: true };

  const sealedAnew = result ? result.tokens : [];
  for (const [index, token] of sealedAnew.entries()) {
    if (token) tokens.put(transaction, found[index]!.key, token);
  }
  const { resealFrom: _, ...done } = record;
  transaction.put(domainKeys, region, last === undefined ? done : { ...record, resealFrom: last });
  const resealed = sealedAnew.filter((token) => token !== undefined).length;
  return { resealed, unopened: found.length - resealed, done: last === undefined };
}

/** `last`: where to go on; `undefined` when these are all. */
function nextOnes(
  reader: Reader,
  region: string,
  { active, resealFrom = '' }: DomainKeyRecord,
): { keys: string[]; last?: string } {
  const found: string[] = [];
  for (let after = resealFrom; ;) {
    const stretch = tokens.keys(reader, { after, limit: 5 * batchSize });
    for (const key of stretch) {
      after = key;
      if (!isIn(region, key) || !isUnderOlder(reader, key, active.id)) continue;
      if (found.push(key) >= batchSize) return { keys: found, last: key };
    }
    if (stretch.length < 5 * batchSize) return { keys: found };
  }
}

function isUnderOlder(reader: Reader, key: string, activeId: string): boolean {
  return tokens
    .copies(reader, key)
    .some((copy) => copy.state === 'good' && copy.value.domainKeyId !== activeId);
}
