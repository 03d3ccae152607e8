interface Pair {
  id: number;
  name: string;
  value: string;
}

/** An encryption context while it is being filled in. */
export class ContextPairs {
  list = $state<Pair[]>([]);
  #lastId = 0;

  constructor(context: Record<string, string>) {
    this.fill(context);
  }

  /** What will be sent: pairs with an empty name are left out; of two with one name, the last counts. */
  get context(): Record<string, string> {
    return Object.fromEntries(
      this.list.filter(({ name }) => name !== '').map(({ name, value }) => [name, value]),
    );
  }

  /** The member of a request; none where there are no pairs. */
  get asInput(): { EncryptionContext?: Record<string, string> } {
    const { context } = this;
    return Object.keys(context).length > 0 ? { EncryptionContext: context } : {};
  }

  fill(context: Record<string, string>): void {
    this.list = Object.entries(context).map(([name, value]) => ({ id: ++this.#lastId, name, value }));
  }

  add(): void {
    this.list.push({ id: ++this.#lastId, name: '', value: '' });
  }

  remove(id: number): void {
    this.list = this.list.filter((pair) => pair.id !== id);
  }
}
