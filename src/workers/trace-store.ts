import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { memoryTraces, noteOf, TraceNotes, type TraceKeeper, type TraceNote } from '../engine/look/traces.ts';
import type { TraceRecord } from '../engine/trace/trace.ts';

interface TraceDatabase extends DBSchema {
  traces: { key: number; value: { requestId: string; trace: TraceRecord }; indexes: { requestId: string } };
  notes: { key: number; value: TraceNote };
}

/** The traces' own database: what is in it can be forgotten without harm to the cloud. */
export const traceDatabaseName = 'glass-kms-traces';

/** How many traces are kept. */
export const traceLimit = 10_000;

/** How many wait at most: where none can be stored, the oldest are forgotten. */
const mostWaiting = 1000;

/** How long a trace may wait to be stored, in milliseconds. */
const batchDelay = 250;

/**
 * Keeps the traces of the latest requests in IndexedDB, stored in batches; in memory are what lists show of them, and
 * those that still wait. Where the browser has no database to give, or fails with it later, the last thousand are kept
 * in memory: no trace is worth more than the request that it tells of.
 */
export async function openTraces(name: string = traceDatabaseName): Promise<TraceKeeper> {
  try {
    const database = await openDB<TraceDatabase>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('traces').createIndex('requestId', 'requestId');
        fresh.createObjectStore('notes');
      },
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return await StoredTraces.open(database);
  } catch {
    return memoryTraces();
  }
}

class StoredTraces implements TraceKeeper {
  readonly #database: IDBPDatabase<TraceDatabase>;
  readonly #notes = new TraceNotes(traceLimit);
  /** By request id, until they are stored. */
  readonly #waiting = new Map<string, { at: number; note: TraceNote; trace: TraceRecord }>();
  #next: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Settles when all that was begun is stored, or has failed. Never rejects. */
  #storing: Promise<unknown> = Promise.resolve();

  private constructor(database: IDBPDatabase<TraceDatabase>, next: number) {
    this.#database = database;
    this.#next = next;
  }

  static async open(database: IDBPDatabase<TraceDatabase>): Promise<StoredTraces> {
    const [keys, notes] = await Promise.all([database.getAllKeys('notes'), database.getAll('notes')]);
    const traces = new StoredTraces(database, (keys.at(-1) ?? 0) + 1);
    for (const note of notes) traces.#notes.add(note);
    return traces;
  }

  get lines(): TraceKeeper['lines'] {
    return this.#notes.lines;
  }

  get operations(): string[] {
    return this.#notes.operations;
  }

  add(trace: TraceRecord): void {
    const note = noteOf(trace);
    this.#notes.add(note);
    this.#waiting.set(trace.requestId, { at: this.#next++, note, trace });
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > mostWaiting && oldest !== undefined) this.#waiting.delete(oldest);
    this.#timer ??= setTimeout(() => void this.flush(), batchDelay);
  }

  async read(requestId: string): Promise<TraceRecord | undefined> {
    const waiting = this.#waiting.get(requestId);
    if (waiting) return waiting.trace;
    const stored = await this.#database.getFromIndex('traces', 'requestId', requestId).catch(() => undefined);
    return stored?.trace;
  }

  ciphertexts(materialId: string): number {
    return this.#notes.ciphertexts(materialId);
  }

  makerOf(blob: Parameters<TraceKeeper['makerOf']>[0]): string | undefined {
    return this.#notes.makerOf(blob);
  }

  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#store());
  }

  async clear(): Promise<void> {
    this.#waiting.clear();
    this.#notes.clear();
    await this.#inTurn(async () => {
      const transaction = this.#database.transaction(['traces', 'notes'], 'readwrite');
      const stores = [transaction.objectStore('traces').clear(), transaction.objectStore('notes').clear()];
      await Promise.all([...stores, transaction.done]);
    });
  }

  close(): void {
    void this.flush().finally(() => this.#database.close());
  }

  /** What cannot be stored is in memory until the worker ends; nobody's request fails for it. */
  #inTurn(job: () => Promise<void>): Promise<void> {
    const turn = this.#storing.then(job).catch(() => undefined);
    this.#storing = turn;
    return turn;
  }

  async #store(): Promise<void> {
    const batch = [...this.#waiting.values()];
    if (batch.length === 0) return;
    const transaction = this.#database.transaction(['traces', 'notes'], 'readwrite', {
      durability: 'relaxed',
    });
    const [traces, notes] = [transaction.objectStore('traces'), transaction.objectStore('notes')];
    const work = batch.flatMap(({ at, note, trace }) => [
      traces.put({ requestId: trace.requestId, trace }, at),
      notes.put(note, at),
    ]);
    const tooOld = IDBKeyRange.upperBound(batch.at(-1)!.at - traceLimit);
    await Promise.all([...work, traces.delete(tooOld), notes.delete(tooOld), transaction.done]);
    for (const { trace } of batch) this.#waiting.delete(trace.requestId);
  }
}
