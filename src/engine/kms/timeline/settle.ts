import { silentTrace } from '../../trace/trace.ts';
import type { Work } from '../../service/service.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Rooms } from '../operation.ts';
import { isScheduled, nextDue, unschedule, type Due, type DueKind } from './due.ts';
import { dueHandlers } from './handlers.ts';

/** Does one thing whose time has come. `work.time` is the time at which it was due. */
export type DueHandler = (work: Work, event: Due, rooms: Rooms) => Promise<void> | void;

export type DueHandlers = Record<DueKind, DueHandler>;

/**
 * Does everything that has become due by `now`, in the order of its times: each in a transaction of its own,
 * with the note of it gone in the same commit, so that it happens once.
 */
export async function settle(vault: Vault, now: number, rooms: Rooms): Promise<void> {
  for (;;) {
    const next = nextDue(vault);
    if (!next || next.time > now) return;
    await vault.transact(`due:${next.kind}:${next.subject}`, async (transaction) => {
      // Somebody else may have been first.
      if (!isScheduled(transaction, next)) return;
      unschedule(transaction, next);
      await dueHandlers[next.kind]({ transaction, trace: silentTrace, time: next.time }, next, rooms);
    });
  }
}
