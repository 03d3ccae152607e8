import { AwsError } from '../../errors/aws-error.ts';
import { silentTrace } from '../../trace/trace.ts';
import type { Work } from '../../service/service.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Rooms } from '../operation.ts';
import { dueAt, isScheduled, unschedule, type Due, type DueKind } from './due.ts';
import { dueHandlers } from './handlers.ts';

/** Does one thing whose time has come. `work.time` is the time at which it was due. */
export type DueHandler = (work: Work, event: Due, rooms: Rooms) => Promise<void> | void;

export type DueHandlers = Record<DueKind, DueHandler>;

/**
 * Does everything that has become due by `now`, in the order of its times: each in a transaction of its own,
 * with the note of it gone in the same commit, so that it happens once. What fails keeps its note and holds up
 * nothing else: it is tried again with the next request. Where no module is in service that is no defect.
 * @throws AggregateError with every defect that was met
 */
export async function settle(vault: Vault, now: number, rooms: Rooms): Promise<void> {
  const defects: unknown[] = [];
  let failed = 0;
  for (;;) {
    // What has failed is earlier than all that is still to come.
    const next = dueAt(vault, failed);
    if (!next || next.time > now) break;
    await happen(vault, next, rooms).catch((error: unknown) => {
      failed++;
      if (!(error instanceof AwsError && error.status >= 500)) defects.push(error);
    });
  }
  if (defects.length > 0) throw new AggregateError(defects, 'Not all that is due could be done.');
}

function happen(vault: Vault, event: Due, rooms: Rooms): Promise<void> {
  return vault.transact(`due:${event.kind}:${event.subject}`, async (transaction) => {
    // Somebody else may have been first.
    if (!isScheduled(transaction, event)) return;
    unschedule(transaction, event);
    await dueHandlers[event.kind]({ transaction, trace: silentTrace, time: event.time }, event, rooms);
  });
}
