import type { RecordName } from './adapter.ts';
import { ReadSet } from './read-set.ts';
import type { RecordTables } from './records.ts';
import type { Range, Table, Transaction } from './vault.ts';

/** A put, or a delete where `value` is `undefined`. */
export interface Write {
  table: string;
  key: string;
  value: unknown;
}

/**
 * One attempt at a unit of work. Its writes wait here; its reads are remembered, so that a commit by
 * somebody else can make it stale (optimistic concurrency control with forward validation,
 * T. Härder 1984, "Observations on optimistic concurrency control schemes").
 */
export class OptimisticTransaction implements Transaction {
  readonly #tables: RecordTables;
  readonly #reads = new ReadSet();
  readonly #writes = new Map<string, Map<string, unknown>>();
  readonly #shredded: RecordName[] = [];
  #isStale = false;
  #isTorn = false;
  #hasEnded = false;

  constructor(tables: RecordTables) {
    this.#tables = tables;
  }

  /** Something that it read has changed since. What it wrote must not be committed. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** It has read on after it became stale, so what it saw never was the state at any one moment. */
  get isTorn(): boolean {
    return this.#isTorn;
  }

  get hasWritten(): boolean {
    return this.#writes.size > 0;
  }

  *writes(): Generator<Write> {
    for (const [table, writes] of this.#writes)
      for (const [key, value] of writes) yield { table, key, value };
  }

  /** Those of its writes of which no older image is to be left. */
  get shredded(): readonly RecordName[] {
    return this.#shredded;
  }

  get<Value>(table: Table<Value>, key: string): Value | undefined {
    const own = this.#writes.get(table.name);
    this.#read();
    if (own?.has(key)) return own.get(key) as Value | undefined;
    this.#reads.addKey(table.name, key);
    return this.#tables.named(table.name).get(key) as Value | undefined;
  }

  list<Value>(table: Table<Value>, range: Range = {}): { key: string; value: Value }[] {
    this.#read();
    const { prefix = '', after, limit = Infinity } = range;
    const listed: { key: string; value: Value }[] = [];
    if (limit <= 0) return listed;

    const stored = this.#tables.named(table.name);
    const own = this.#writes.get(table.name);
    for (const key of own ? merged(stored.keys(range), ownKeys(own, range)) : stored.keys(range)) {
      const value = own?.has(key) ? own.get(key) : stored.get(key);
      if (value !== undefined && listed.push({ key, value: value as Value }) >= limit) break;
    }
    const upTo = listed.length >= limit ? listed.at(-1)?.key : undefined;
    this.#reads.addRange(table.name, { prefix, after, upTo, presenceOnly: false });
    return listed;
  }

  count(table: Table<unknown>, prefix = ''): number {
    this.#read();
    this.#reads.addRange(table.name, { prefix, after: undefined, upTo: undefined, presenceOnly: true });
    const stored = this.#tables.named(table.name);
    let count = stored.count(prefix);
    for (const [key, value] of this.#writes.get(table.name) ?? []) {
      if (!key.startsWith(prefix)) continue;
      count += Number(value !== undefined) - Number(stored.get(key) !== undefined);
    }
    return count;
  }

  put<Value>(table: Table<Value>, key: string, value: Value): void {
    if (value === undefined) throw new TypeError(`The record ${key} of ${table.name} has no value`);
    this.#write(table.name, key, value);
  }

  delete(table: Table<unknown>, key: string): void {
    this.#write(table.name, key, undefined);
  }

  shred(table: Table<unknown>, key: string): void {
    this.#write(table.name, key, undefined);
    this.#shredded.push({ table: table.name, key });
  }

  /** Another commit has changed this record. */
  noticeChange(table: string, key: string, change: { presence: boolean }): void {
    if (!this.#isStale && this.#reads.isTouchedBy(table, key, change)) this.#isStale = true;
  }

  /** The whole vault was cleared beneath it. */
  noticeClearing(): void {
    this.#isStale = true;
    this.#isTorn = true;
  }

  /** From now on it refuses reads and writes: they could never be committed. */
  end(): void {
    this.#hasEnded = true;
  }

  #read(): void {
    this.#refuseIfEnded();
    if (this.#isStale) this.#isTorn = true;
  }

  #write(table: string, key: string, value: unknown): void {
    this.#refuseIfEnded();
    const writes = this.#writes.get(table);
    if (writes) writes.set(key, value);
    else this.#writes.set(table, new Map([[key, value]]));
  }

  #refuseIfEnded(): void {
    if (this.#hasEnded) throw new Error('This transaction has ended; its work must await all that it does');
  }
}

function ownKeys(own: ReadonlyMap<string, unknown>, { prefix = '', after }: Range): string[] {
  return [...own.keys()]
    .filter((key) => key.startsWith(prefix) && (after === undefined || key > after))
    .sort();
}

/** Two sorted runs of keys as one, without repetitions. */
function* merged(stored: Iterable<string>, own: readonly string[]): Generator<string> {
  let index = 0;
  for (const key of stored) {
    while (index < own.length && own[index]! < key) yield own[index++]!;
    if (own[index] === key) index++;
    yield key;
  }
  yield* own.slice(index);
}
