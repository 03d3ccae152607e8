import type { Clock } from '../clock/clock.ts';
import type { Change, Commit, Promptness, StoredRecord, VaultAdapter } from './adapter.ts';
import { DeferredRecords } from './deferred.ts';
import { asVaultError } from './failures.ts';
import { RecordTables } from './records.ts';
import { isSame } from './shredding.ts';
import { OptimisticTransaction } from './transaction.ts';
import { VaultError, type Follower, type Range, type Table, type Transaction, type Vault } from './vault.ts';

/** How long a deferred record may wait to become durable, in milliseconds. */
const groupCommitDelay = 250;

/** After so many conflicts a transaction runs alone, so that a slow one cannot be overtaken for ever. */
const optimisticAttempts = 3;

/** Loads what the adapter holds. Rejects with `VaultError` where it cannot be read. */
export async function openVault({ adapter, clock }: { adapter: VaultAdapter; clock: Clock }): Promise<Vault> {
  const { records, sequence } = await adapter.load();
  const tables = new RecordTables();
  for (const { table, key, value } of records) tables.named(table).set(key, value);
  return new JournaledVault(adapter, clock, tables, sequence);
}

/** What a commit takes of a transaction. */
type Work = Pick<OptimisticTransaction, 'writes' | 'shredded'>;

const nothing: Work = { *writes() {}, shredded: [] };

type Attempt<Result> = { result: Result } | 'conflict';

class JournaledVault implements Vault {
  readonly #adapter: VaultAdapter;
  readonly #clock: Clock;
  readonly #tables: RecordTables;
  /** Of the last commit. */
  #sequence: number;
  readonly #underWay = new Set<OptimisticTransaction>();
  readonly #deferred = new DeferredRecords();
  readonly #followers = new Set<Follower>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Settles when all that came before has had its turn to commit. Never rejects. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(adapter: VaultAdapter, clock: Clock, tables: RecordTables, sequence: number) {
    this.#adapter = adapter;
    this.#clock = clock;
    this.#tables = tables;
    this.#sequence = sequence;
  }

  get durability(): Vault['durability'] {
    return this.#adapter.durability;
  }

  get sequence(): number {
    return this.#sequence;
  }

  get<Value>(table: Table<Value>, key: string): Value | undefined {
    return this.#tables.get(table, key);
  }

  list<Value>(table: Table<Value>, range?: Range): { key: string; value: Value }[] {
    return this.#tables.list(table, range);
  }

  count(table: Table<unknown>, prefix?: string): number {
    return this.#tables.count(table, prefix);
  }

  async transact<Result>(
    requestId: string,
    work: (transaction: Transaction) => Promise<Result> | Result,
  ): Promise<Result> {
    for (let count = 0; count < optimisticAttempts; count++) {
      const attempt = await this.#attempt(requestId, work, (commit) => this.#inTurn(commit));
      if (attempt !== 'conflict') return attempt.result;
    }
    return this.transactAlone(requestId, work);
  }

  transactAlone<Result>(
    requestId: string,
    work: (transaction: Transaction) => Promise<Result> | Result,
  ): Promise<Result> {
    return this.#inTurn(async () => {
      for (;;) {
        const attempt = await this.#attempt(requestId, work, (commit) => commit());
        if (attempt !== 'conflict') return attempt.result;
      }
    });
  }

  addLater<Value>(requestId: string, table: Table<Value>, key: string, value: Value): void {
    this.#refuseIfClosed();
    const change = { table: table.name, key, before: this.get(table, key), after: value };
    this.#deferred.add(requestId, change);
    this.#makeReadable(change);
    // A failure is not lost: the records wait on, and who asks with `flush` is told.
    this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), groupCommitDelay);
  }

  async flush(): Promise<void> {
    await this.#inTurn(() => this.#commit([], nothing, 'relaxed'));
  }

  journal(after: number): Promise<Commit[]> {
    return this.#inTurn(() => this.#adapter.journal(after));
  }

  recall(): Promise<{ records: RecordTables; commits: Commit[] }> {
    return this.#inTurn(async () => {
      const commits = await this.#adapter.journal(0);
      const records = this.#tables.copy();
      for (const { table, key, value } of this.#deferred.stored()) records.named(table).set(key, value);
      return { records, commits };
    });
  }

  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  async clear(): Promise<void> {
    await this.#inTurn(async () => {
      this.#refuseIfClosed();
      await this.#adapter.clear();
      this.#beginAnew([], 0);
    });
  }

  all(): StoredRecord[] {
    return this.#tables.all();
  }

  async replace(requestId: string, records: readonly StoredRecord[]): Promise<void> {
    await this.#inTurn(async () => {
      this.#refuseIfClosed();
      const first = { sequence: 1, time: this.#clock.now(), requestIds: [requestId], changes: [] };
      try {
        await this.#adapter.replace(records, first);
      } catch (error) {
        throw asVaultError(error);
      }
      this.#beginAnew(records, first.sequence);
    });
  }

  #beginAnew(records: readonly StoredRecord[], sequence: number): void {
    this.#deferred.take();
    this.#tables.clear();
    for (const { table, key, value } of records) this.#tables.named(table).set(key, value);
    this.#sequence = sequence;
    for (const transaction of this.#underWay) transaction.noticeClearing();
    for (const follower of this.#followers) follower.cleared?.();
  }

  async close(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#isClosed) return;
      try {
        await this.#commit([], nothing, 'relaxed');
      } finally {
        this.#isClosed = true;
        clearTimeout(this.#timer);
        this.#adapter.close();
      }
    });
  }

  async #attempt<Result>(
    requestId: string,
    work: (transaction: Transaction) => Promise<Result> | Result,
    whenItsTurn: (commit: () => Promise<Attempt<Result>>) => Promise<Attempt<Result>>,
  ): Promise<Attempt<Result>> {
    this.#refuseIfClosed();
    const transaction = new OptimisticTransaction(this.#tables);
    this.#underWay.add(transaction);
    try {
      const result = await work(transaction);
      if (!transaction.hasWritten) return transaction.isTorn ? 'conflict' : { result };
      return await whenItsTurn(async () => {
        if (transaction.isStale) return 'conflict';
        this.#underWay.delete(transaction);
        await this.#commit([requestId], transaction, 'strict');
        return { result };
      });
    } catch (error) {
      // What it saw never was true, so neither is its complaint.
      if (transaction.isTorn) return 'conflict';
      throw error;
    } finally {
      transaction.end();
      this.#underWay.delete(transaction);
    }
  }

  /** Runs `job` when everything that queued up before it is done. */
  #inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const turn = this.#lastTurn.then(job);
    this.#lastTurn = turn.catch(() => {});
    return turn;
  }

  /** Stores the writes and all that was deferred, then makes the writes readable. Call in turn only. */
  async #commit(requestIds: string[], work: Work, promptness: Promptness): Promise<void> {
    this.#refuseIfClosed();
    const writes = [...work.writes()];
    const { shredded } = work;
    const changes = writes
      .map(({ table, key, value }) => ({
        table,
        key,
        before: this.#tables.named(table).get(key),
        after: value,
      }))
      .filter(({ before, after }) => before !== undefined || after !== undefined);
    if (writes.length > 0 && changes.length === 0 && shredded.length === 0) return;

    clearTimeout(this.#timer);
    this.#timer = undefined;
    const deferred = this.#deferred.take();
    const commit: Commit = {
      sequence: this.#sequence + 1,
      time: this.#clock.now(),
      requestIds: [...new Set([...deferred.requestIds(), ...requestIds])],
      changes: deferred
        .joinedBy(changes)
        .map((change) =>
          shredded.some((record) => isSame(change, record)) ? { ...change, before: undefined } : change,
        ),
      ...(shredded.length > 0 && { shredded }),
    };
    if (commit.changes.length === 0 && shredded.length === 0) return;
    try {
      await this.#adapter.append(commit, promptness);
    } catch (error) {
      this.#deferred.putBack(deferred);
      throw asVaultError(error);
    }
    this.#sequence++;
    for (const change of changes) {
      const isOvertaken = this.#deferred.rebase(change.table, change.key, change.after);
      if (!isOvertaken) this.#makeReadable(change);
    }
    for (const follower of this.#followers) follower.committed(commit);
  }

  #makeReadable({ table, key, before, after }: Change): void {
    this.#tables.named(table).set(key, after);
    const presence = (before === undefined) !== (after === undefined);
    for (const transaction of this.#underWay) transaction.noticeChange(table, key, { presence });
  }

  #refuseIfClosed(): void {
    if (this.#isClosed) throw new VaultError('This cloud has been closed. Reload the page.', 'closed');
  }
}
