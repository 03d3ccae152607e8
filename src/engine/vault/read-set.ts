/** A stretch of a table that a transaction has looked through. */
export interface ReadRange {
  prefix: string;
  /** Only keys after this one were looked at. */
  after: string | undefined;
  /** The last key looked at; `undefined` when the reading went on to the end. */
  upTo: string | undefined;
  /** Only the presence of records mattered, not their values. */
  presenceOnly: boolean;
}

/** What a transaction has read, so that it can be told when some of that has changed. */
export class ReadSet {
  readonly #keys = new Map<string, Set<string>>();
  readonly #ranges = new Map<string, ReadRange[]>();

  addKey(table: string, key: string): void {
    const keys = this.#keys.get(table);
    if (keys) keys.add(key);
    else this.#keys.set(table, new Set([key]));
  }

  addRange(table: string, range: ReadRange): void {
    const ranges = this.#ranges.get(table);
    if (ranges) ranges.push(range);
    else this.#ranges.set(table, [range]);
  }

  /** Would reading again give another answer, now that this record was added, replaced or deleted? */
  isTouchedBy(table: string, key: string, change: { presence: boolean }): boolean {
    if (this.#keys.get(table)?.has(key)) return true;
    return (this.#ranges.get(table) ?? []).some(
      ({ prefix, after, upTo, presenceOnly }) =>
        (change.presence || !presenceOnly) &&
        key.startsWith(prefix) &&
        (after === undefined || key > after) &&
        (upTo === undefined || key <= upTo),
    );
  }
}
