import { trail } from '../../cloudtrail/recorder.ts';
import { tokens } from '../../kms/tokens.ts';
import { actRecords } from '../../operator/records.ts';
import type { Commit } from '../../vault/adapter.ts';
import { table, type Reader, type Table, type Transaction } from '../../vault/vault.ts';

/**
 * What no undo takes back: the audit trail and the record of operators' acts, which only grow, and how often the
 * cloud was opened, which no random number may be drawn from twice.
 */
const kept: ReadonlySet<string> = new Set([trail.name, actRecords.name, 'cloud']);

/** Sealed keys have rules of their own. */
export const isCopyTable = (name: string): boolean => tokens.zoneOf(name) !== undefined;

/** What each record is to be that has changed since; `undefined` is none. */
export class Targets {
  readonly #values = new Map<string, Map<string, unknown>>();

  /** Of every record that has changed in these commits: what it was before them. */
  constructor(then: Reader, commits: readonly Commit[]) {
    for (const { changes } of commits) {
      for (const { table: name, key } of changes) {
        if (kept.has(name) || isCopyTable(name) || this.#values.get(name)?.has(key)) continue;
        this.set(table(name), key, then.get(table(name), key));
      }
    }
  }

  set<Value>(of: Table<Value>, key: string, value: Value | undefined): void {
    const values = this.#values.get(of.name);
    if (values) values.set(key, value);
    else this.#values.set(of.name, new Map([[key, value]]));
  }

  /** `[]` where the record has not changed. */
  get<Value>(of: Table<Value>, key: string): [Value | undefined] | [] {
    const values = this.#values.get(of.name);
    return values?.has(key) ? [values.get(key) as Value | undefined] : [];
  }

  *entries(): Generator<{ table: string; key: string; value: unknown }> {
    for (const [name, values] of this.#values)
      for (const [key, value] of values) yield { table: name, key, value };
  }

  /** Gives how many records it has changed. */
  apply(transaction: Transaction): number {
    let changed = 0;
    for (const { table: name, key, value } of this.entries()) {
      if (transaction.get(table(name), key) === value) continue;
      changed++;
      if (value === undefined) transaction.delete(table(name), key);
      else transaction.put(table(name), key, value);
    }
    return changed;
  }
}
