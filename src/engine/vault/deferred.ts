import type { Change } from './adapter.ts';

interface DeferredChange extends Change {
  requestId: string;
}

/** A record's identity as one string. Table names are our own constants and have no NUL in them. */
const identity = (table: string, key: string): string => `${table}\0${key}`;

/** Records that are readable already but wait for the next commit to become durable. */
export class DeferredRecords {
  #changes = new Map<string, DeferredChange>();

  /**
   * A commit has stored `stored` where a record of ours waits. Ours came later, so it stays what is
   * readable, but now stands upon that. False where none of ours waits.
   */
  rebase(table: string, key: string, stored: unknown): boolean {
    const waiting = this.#changes.get(identity(table, key));
    if (waiting) waiting.before = stored;
    return waiting !== undefined;
  }

  /** `change.before` is what is readable now. */
  add(requestId: string, change: Change): void {
    const id = identity(change.table, change.key);
    const waiting = this.#changes.get(id);
    this.#changes.set(id, { ...change, before: waiting ? waiting.before : change.before, requestId });
  }

  /** Hands over all that wait. */
  take(): DeferredRecords {
    const taken = new DeferredRecords();
    taken.#changes = this.#changes;
    this.#changes = new Map();
    return taken;
  }

  /** The commit that had taken them failed: they wait again, beneath what was added meanwhile. */
  putBack(taken: DeferredRecords): void {
    const added = this.#changes;
    this.#changes = taken.#changes;
    for (const { requestId, ...change } of added.values()) this.add(requestId, change);
  }

  /** What stands in the storage, still, where a record of ours waits. */
  *stored(): Generator<{ table: string; key: string; value: unknown }> {
    for (const { table, key, before: value } of this.#changes.values()) yield { table, key, value };
  }

  /** Who waits, each once. */
  requestIds(): string[] {
    return [...new Set([...this.#changes.values()].map(({ requestId }) => requestId))];
  }

  /** What a commit has to store: these and, done after them, `writes`. One change a record. */
  joinedBy(writes: readonly Change[]): Change[] {
    const changes = new Map<string, Change>();
    for (const [id, { table, key, before, after }] of this.#changes) {
      changes.set(id, { table, key, before, after });
    }
    for (const write of writes) {
      const id = identity(write.table, write.key);
      const waiting = changes.get(id);
      changes.set(id, waiting ? { ...write, before: waiting.before } : write);
    }
    return [...changes.values()];
  }
}
