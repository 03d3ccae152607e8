import { timeOfRecord, trail } from '../cloudtrail/recorder.ts';
import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import { keyArn } from '../kms/identifiers.ts';
import { callerOf, errorNameOf } from '../look/audit.ts';
import type { Moment, MomentChange } from '../look/look.ts';
import type { Commit } from '../vault/adapter.ts';
import { changesOf } from './changes.ts';

/** The most changes that are told of one moment, by their kinds; a domain's rotation touches every key. */
const mostChanges = 100;

/** Everything that has happened, oldest first, read from the journal's commits. */
export class TimeLine {
  readonly #moments: Moment[] = [];
  /** Requests whose changes are told already, while their audit records are still to come. */
  readonly #unnamed = new Map<string, Moment>();
  #end = 0;
  #lastMain: string | undefined;

  get moments(): readonly Moment[] {
    return this.#moments;
  }

  /** Sequence number of the last commit that was read. */
  get end(): number {
    return this.#end;
  }

  /** One commit may hold several requests that changed nothing, and one thing that changed something. */
  read(commit: Commit): void {
    this.#end = commit.sequence;
    const filed = filedIn(commit);
    const changes = changesOf(commit);
    const main = mainOf(commit, filed, changes);
    for (const [requestId, entry] of filed.requests) {
      if (requestId === main) continue;
      const waiting = this.#unnamed.get(requestId);
      if (waiting) this.#name(waiting, entry);
      else this.#moments.push(requestMoment(asOf(commit, main), entry, []));
    }
    if (main === undefined) return;
    const entry = filed.requests.get(main);
    const moment = entry
      ? requestMoment(commit, entry, changes)
      : momentWithoutRequest(commit, main, changes, filed.events);
    const last = this.#moments.at(-1);
    // The commit that ends the founding tells nothing new, and is the first that can be gone back to.
    if (!moment && main === 'founding' && last?.kind === 'founding') last.sequence = commit.sequence;
    if (!moment || this.#isAfterthought(main, moment)) return;
    this.#moments.push(moment);
    if (!entry && moment.kind === 'request') this.#unnamed.set(main, moment);
  }

  /** Takes off what is older than this commit. */
  cut(first: number): void {
    const kept = this.#moments.findIndex(({ sequence }) => sequence >= first);
    this.#moments.splice(0, kept < 0 ? this.#moments.length : kept);
  }

  /**
   * Changed nothing that is told, and is another commit of the same act; or time had it done, as when sealed keys
   * follow their domain key batch by batch, or a note is found not to be wanted any more.
   */
  #isAfterthought(main: string, { kind, changes, eventId }: Moment): boolean {
    const isSame = main === this.#lastMain;
    this.#lastMain = main;
    if (changes.length > 0) return false;
    return kind === 'due' ? isSame || eventId === undefined : isSame && kind !== 'request';
  }

  #name(moment: Moment, entry: Entry): void {
    Object.assign(moment, aboutRequest(entry));
    moment.keyArns = [...new Set([...keysIn(entry.record), ...moment.keyArns])];
    this.#unnamed.delete(entry.record.requestID ?? '');
  }
}

interface Entry {
  record: CloudTrailRecord;
  time: number;
}

/** The audit records in a commit: of requests, by their ids in the order of their filing, and of the service itself. */
function filedIn({ changes }: Commit): { requests: Map<string, Entry>; events: CloudTrailRecord[] } {
  const filed = changes
    .filter(({ table, after }) => table === trail.name && after !== undefined)
    .map(({ key, after }) => ({ key, record: after as CloudTrailRecord }))
    .sort((one, other) => (orderOf(one.key) > orderOf(other.key) ? -1 : 1));
  const requests = new Map<string, Entry>();
  const events: CloudTrailRecord[] = [];
  for (const { key, record } of filed) {
    const { requestID } = record;
    if (requestID === undefined) events.push(record);
    // Another account's copy comes after the caller's own.
    else if (!requests.has(requestID)) requests.set(requestID, { record, time: timeOfRecord(key) });
  }
  return { requests, events };
}

/** What orders records of all trails, newest first. */
function orderOf(key: string): string {
  return key.slice(key.lastIndexOf('-') + 1);
}

/** Whose work the commit is, beside records that have only waited for one: it comes last. */
function mainOf(
  { requestIds }: Commit,
  { requests }: ReturnType<typeof filedIn>,
  changes: readonly MomentChange[],
): string | undefined {
  const last = requestIds.at(-1);
  if (last === undefined) return undefined;
  if (last === 'start') return undefined;
  if (last.includes(':') || last === 'founding') return last;
  const record = requests.get(last)?.record;
  if (record && !record.readOnly && record.errorCode === undefined) return last;
  return changes.some(({ what }) => what !== 'clock') ? last : undefined;
}

/**
 * As of which commit the cloud is as it was after a request that changed nothing: its record may have waited for the
 * commit of a later request, whose changes it did not see.
 */
function asOf({ sequence }: Commit, main: string | undefined): Pick<Commit, 'sequence'> {
  return { sequence: main === undefined ? sequence : sequence - 1 };
}

function requestMoment(
  { sequence }: Pick<Commit, 'sequence'>,
  entry: Entry,
  changes: MomentChange[],
): Moment {
  return {
    sequence,
    time: entry.time,
    kind: 'request',
    ...aboutRequest(entry),
    keyArns: [...new Set([...keysIn(entry.record), ...keysOf(changes)])],
    ...told(changes),
  };
}

function aboutRequest({ record }: Entry): Pick<Moment, 'name'> & Partial<Moment> {
  const { eventName: name, requestID: requestId, eventID: eventId } = record;
  const principalArn = callerOf(record);
  const errorName = errorNameOf(record);
  return {
    name,
    eventId,
    ...(requestId !== undefined && { requestId }),
    ...(principalArn !== undefined && { principalArn }),
    ...(errorName !== undefined && { errorName }),
  };
}

/** `due:KeyDeletion:<record key>`, `operator:RotateDomainKey:<id>`, `founding`, or a request not yet written down. */
function momentWithoutRequest(
  commit: Commit,
  main: string,
  changes: MomentChange[],
  events: CloudTrailRecord[],
): Moment | undefined {
  const { sequence, time } = commit;
  const [kind, name = '', ...rest] = main.split(':');
  const eventId = events[0]?.eventID;
  const about = {
    sequence,
    keyArns: [...new Set([...events.flatMap(keysIn), ...keysOf(changes)])],
    ...(eventId !== undefined && { eventId }),
    ...told(changes),
  };
  switch (kind) {
    case 'founding':
      return changes.some(({ what }) => what !== 'clock')
        ? { ...about, time, kind: 'founding', name: 'founding' }
        : undefined;
    case 'operator':
      return { ...about, time, kind: 'operator', name };
    case 'due': {
      const subject = rest.join(':');
      const keyArns = [...new Set([...subjectKey(subject), ...about.keyArns])];
      return { ...about, time: timeDue(commit, name, subject) ?? time, kind: 'due', name, keyArns };
    }
    default:
      return { ...about, time, kind: 'request', name: '', requestId: main };
  }
}

/** When it was due, which is when it counts as having happened. */
function timeDue({ changes }: Commit, kind: string, subject: string): number | undefined {
  for (const { table, before, after } of changes) {
    if (table !== 'kms.due' || after !== undefined) continue;
    const note = before as { time: number; kind: string; subject: string };
    if (note.kind === kind && note.subject === subject) return note.time;
  }
  return undefined;
}

function subjectKey(subject: string): string[] {
  const [accountId, region, keyId] = subject.split('/');
  if (!accountId || !region || !keyId || keyId.startsWith('cks-')) return [];
  return [keyArn({ accountId, region }, keyId)];
}

function keysIn({ resources = [] }: CloudTrailRecord): string[] {
  return resources.filter(({ type }) => type === 'AWS::KMS::Key').map(({ ARN }) => ARN);
}

function keysOf(changes: readonly MomentChange[]): string[] {
  return changes.flatMap(({ keyArn }) => keyArn ?? []);
}

function told(changes: MomentChange[]): Pick<Moment, 'changes' | 'moreChanges'> {
  const more = changes.length - mostChanges;
  return more > 0 ? { changes: changes.slice(0, mostChanges), moreChanges: more } : { changes };
}
