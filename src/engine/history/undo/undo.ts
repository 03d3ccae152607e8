import type { Hsm, HsmView } from '../../hsm/hsm.ts';
import { domainKeys, fromTheStart } from '../../kms/domain-keys/records.ts';
import { schedule } from '../../kms/timeline/due.ts';
import { ActRefused } from '../../operator/act.ts';
import { actRecords } from '../../operator/records.ts';
import type { Reader, Transaction, Vault } from '../../vault/vault.ts';
import type { History, Remembered } from '../history.ts';
import { reuniteFamilies } from './families.ts';
import { withoutLostKeys, type LostKey } from './lost-keys.ts';
import { sealedKeysBack } from './sealed-keys.ts';
import { Targets } from './targets.ts';

export interface UndoReport {
  /** One sentence. */
  summary: string;
  lostForEver: LostKey[];
}

/**
 * Puts all records back to what they were after a commit, in one commit of its own; so an undo can be undone. What
 * stays: the time line, the audit trail, and what has been shredded since. Whoever has the cloud's clock in hand must
 * read it anew afterwards.
 * @throws ActRefused where the journal does not reach so far back, and where the cloud was not yet complete
 */
export async function undoTo(
  rooms: { vault: Vault; history: History; hsm: Hsm; now: () => number },
  sequence: number,
  requestId: string,
): Promise<UndoReport> {
  const { vault, history, hsm } = rooms;
  await vault.flush();
  const past = await history.remember();
  const module = await hsm.view();
  return vault.transactAlone(requestId, (transaction) => {
    const report = goBack(transaction, past, sequence, module);
    transaction.put(actRecords, requestId, {
      act: { act: 'UndoTo', sequence },
      time: rooms.now(),
      summary: report.summary,
    });
    return report;
  });
}

function goBack(transaction: Transaction, past: Remembered, sequence: number, module: HsmView): UndoReport {
  if (sequence < past.first) {
    throw new ActRefused('That is too long ago: the journal does not reach so far back.');
  }
  if (sequence > past.last) throw new ActRefused('That has not happened yet.');
  const then = past.at(sequence);
  if (!isFounded(then)) throw new ActRefused('At that time the cloud was still being founded.');
  const commits = past.commits.filter((commit) => commit.sequence > sequence);

  const domainKeyIds = new Set(module.domains.flatMap(({ keys }) => keys.map(({ id }) => id)));
  const targets = new Targets(then, commits);
  const sealed = sealedKeysBack(then, transaction, commits, ({ domainKeyId }) =>
    domainKeyIds.has(domainKeyId),
  );
  keepDomainKeys(targets, then, transaction);
  const { gone, told } = withoutLostKeys(targets, then, transaction, sealed.lost);
  const unsettled = [...gone, ...sealed.lost.map(({ subject }) => subject)];
  const due = reuniteFamilies(targets, transaction, unsettled);
  const changed = sealed.apply(transaction, (subject) => !gone.has(subject)) + targets.apply(transaction);
  for (const note of due) schedule(transaction, note);
  return { summary: summaryOf(sequence, changed, told.length), lostForEver: told };
}

/** Founding takes several commits. */
function isFounded(then: Reader): boolean {
  const foundation = then.get<{ version?: number; isComplete?: boolean }>({ name: 'cloud' }, 'foundation');
  return foundation !== undefined && (foundation.version === undefined || foundation.isComplete === true);
}

/** Which domain keys there are, the modules know; when the next one is due is put back. */
function keepDomainKeys(targets: Targets, then: Reader, now: Reader): void {
  for (const { key: region, value: present } of now.list(domainKeys)) {
    const before = then.get(domainKeys, region);
    if (!before || before === present) continue;
    targets.set(domainKeys, region, {
      ...present,
      next: before.next,
      ...(before.active.id !== present.active.id && { resealFrom: fromTheStart }),
    });
  }
}

function summaryOf(sequence: number, changed: number, lost: number): string {
  if (changed === 0) return 'Nothing has happened since that would have to go back.';
  const all = `Everything is again what it was after commit ${sequence}`;
  if (lost === 0) return `${all}.`;
  return `${all}, but for ${lost === 1 ? 'one key' : `${lost} keys`} that could not be brought back whole.`;
}
