import type { StoredRecord } from './adapter.ts';
import type { Range, Reader, Table } from './vault.ts';

/** The first index in `keys` (sorted) for which `isBeyond` holds; it must hold for all later ones too. */
function firstIndex(keys: readonly string[], isBeyond: (key: string) => boolean): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBeyond(keys[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Two sorted lists, of which no key is in both, as one. */
function inOneOrder(one: readonly string[], other: readonly string[]): string[] {
  const merged: string[] = [];
  let next = 0;
  for (const key of one) {
    while (next < other.length && other[next]! < key) merged.push(other[next++]!);
    merged.push(key);
  }
  while (next < other.length) merged.push(other[next++]!);
  return merged;
}

/** One table's records in memory. Keys are put in order when the order is first asked for, then kept so. */
export class RecordTable {
  readonly #values = new Map<string, unknown>();
  #sorted: string[] | undefined;

  get(key: string): unknown {
    return this.#values.get(key);
  }

  /** Puts a record; `undefined` deletes it. */
  set(key: string, value: unknown): void {
    const isNew = !this.#values.has(key);
    if (value === undefined) {
      this.#values.delete(key);
      if (!isNew && this.#sorted) this.#sorted.splice(this.#indexOf(key), 1);
      return;
    }
    this.#values.set(key, value);
    if (isNew && this.#sorted) this.#sorted.splice(this.#indexOf(key), 0, key);
  }

  /** Keys in order, those that begin with `prefix` and come after `after`. Do not `set` while reading. */
  *keys({ prefix = '', after }: Pick<Range, 'prefix' | 'after'> = {}): Generator<string> {
    const keys = this.#inOrder();
    const atPrefix = this.#indexOf(prefix);
    const beyondAfter = after === undefined ? 0 : firstIndex(keys, (key) => key > after);
    for (let index = Math.max(atPrefix, beyondAfter); index < keys.length; index++) {
      const key = keys[index]!;
      if (!key.startsWith(prefix)) return;
      yield key;
    }
  }

  copy(): RecordTable {
    const copy = new RecordTable();
    for (const [key, value] of this.#values) copy.#values.set(key, value);
    return copy;
  }

  /** The same as `set` for each, in one go: the order is kept by one pass over all keys, not by one for each. */
  setAll(changes: ReadonlyMap<string, unknown>): void {
    const added: string[] = [];
    let isAnyGone = false;
    for (const [key, value] of changes) {
      if (value === undefined) {
        isAnyGone = this.#values.delete(key) || isAnyGone;
        continue;
      }
      if (!this.#values.has(key)) added.push(key);
      this.#values.set(key, value);
    }
    if (!this.#sorted) return;
    const kept = isAnyGone ? this.#sorted.filter((key) => this.#values.has(key)) : this.#sorted;
    this.#sorted = added.length > 0 ? inOneOrder(kept, added.sort()) : kept;
  }

  count(prefix = ''): number {
    if (prefix === '') return this.#values.size;
    const end = firstIndex(this.#inOrder(), (key) => key > prefix && !key.startsWith(prefix));
    return end - this.#indexOf(prefix);
  }

  /** Where `key` stands, or would stand. */
  #indexOf(key: string): number {
    return firstIndex(this.#inOrder(), (other) => other >= key);
  }

  #inOrder(): string[] {
    // Without a comparison function, sort() orders by UTF-16 code units, as `<` does.
    return (this.#sorted ??= [...this.#values.keys()].sort());
  }
}

/** All tables by name. */
export class RecordTables implements Reader {
  readonly #tables = new Map<string, RecordTable>();

  named(name: string): RecordTable {
    let found = this.#tables.get(name);
    if (!found) this.#tables.set(name, (found = new RecordTable()));
    return found;
  }

  get<Value>(table: Table<Value>, key: string): Value | undefined {
    return this.named(table.name).get(key) as Value | undefined;
  }

  list<Value>(table: Table<Value>, range: Range = {}): { key: string; value: Value }[] {
    const { limit = Infinity } = range;
    const records = this.named(table.name);
    const listed: { key: string; value: Value }[] = [];
    for (const key of records.keys(range)) {
      if (listed.length >= limit) break;
      listed.push({ key, value: records.get(key) as Value });
    }
    return listed;
  }

  count(table: Table<unknown>, prefix?: string): number {
    return this.named(table.name).count(prefix);
  }

  /** Holds the same values, and goes its own way from then on. */
  copy(): RecordTables {
    const copy = new RecordTables();
    for (const [name, records] of this.#tables) copy.#tables.set(name, records.copy());
    return copy;
  }

  all(): StoredRecord[] {
    return [...this.#tables].flatMap(([table, records]) =>
      [...records.keys()].map((key) => ({ table, key, value: records.get(key) })),
    );
  }

  clear(): void {
    this.#tables.clear();
  }
}
