import type { Change, Commit } from '../vault/adapter.ts';
import type { RecordTables } from '../vault/records.ts';

/** Beyond so many commits in one go, tables are put in order anew afterwards rather than kept so. */
const longWay = 32;

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
    if (Math.abs(sequence - this.#position) > longWay) this.#records.forgetOrder();
    for (; this.#position > sequence; this.#position--) {
      const { changes } = commits[this.#position - first]!;
      for (const { table, key, before } of changes) this.#records.named(table).set(key, before);
    }
    for (; this.#position < sequence; this.#position++) {
      const { changes } = commits[this.#position + 1 - first]!;
      for (const { table, key, after } of changes) this.#records.named(table).set(key, after);
    }
    return this.#records;
  }

  /** A later commit has shredded these, so no image of them is left, wherever one looks. */
  forget(shredded: readonly Pick<Change, 'table' | 'key'>[]): void {
    for (const { table, key } of shredded) this.#records.named(table).set(key, undefined);
  }
}
