import type { Change, StoredRecord } from '../../engine/vault/adapter.ts';

/** Every record. The values are the vault's own, which nobody changes, so this costs little beside it. */
export class Tables {
  readonly #tables = new Map<string, Map<string, unknown>>();

  apply({ table, key, after }: Pick<Change, 'table' | 'key' | 'after'>): void {
    let records = this.#tables.get(table);
    if (!records) this.#tables.set(table, (records = new Map<string, unknown>()));
    if (after === undefined) records.delete(key);
    else records.set(key, after);
  }

  /** As they are now, whatever is applied later. */
  all(): StoredRecord[] {
    const all: StoredRecord[] = [];
    for (const [table, records] of this.#tables)
      for (const [key, value] of records) all.push({ table, key, value });
    return all;
  }
}
