import type { Change, Commit } from '../vault/adapter.ts';
import type { RecordTables } from '../vault/records.ts';

/** The records of a vault as of any commit of its journal, gone to from there where they were last looked at. */
export class RecordsThen {
  readonly #records: RecordTables;
  #position: number;

  /** `records` as of the commit `position`, to be changed from now on. */
  constructor(records: RecordTables, position: number) {
    this.#records = records;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  /**
   * The records after the commit `sequence`: to be read before somebody else looks at another time.
   * @param commits without gaps, all that lie on the way
   */
  at(sequence: number, commits: readonly Commit[]): RecordTables {
    const first = commits[0]?.sequence ?? 1;
    const way = new Map<string, Map<string, unknown>>();
    const pass = (table: string, key: string, value: unknown): void => {
      const passed = way.get(table);
      if (passed) passed.set(key, value);
      else way.set(table, new Map([[key, value]]));
    };
    for (; this.#position > sequence; this.#position--) {
      const { changes } = commits[this.#position - first]!;
      for (const { table, key, before } of changes) pass(table, key, before);
    }
    for (; this.#position < sequence; this.#position++) {
      const { changes } = commits[this.#position + 1 - first]!;
      for (const { table, key, after } of changes) pass(table, key, after);
    }
    for (const [table, passed] of way) this.#records.named(table).setAll(passed);
    return this.#records;
  }

  /** A later commit has shredded these, so no image of them is left, wherever one looks. */
  forget(shredded: readonly Pick<Change, 'table' | 'key'>[]): void {
    for (const { table, key } of shredded) this.#records.named(table).set(key, undefined);
  }
}
