import type { Moment, MomentPage } from '$engine/look/look.ts';

/** Asks the cloud for moments `from` … `from + limit − 1`. */
export type FetchMoments = (query: { from: number; limit: number }) => Promise<MomentPage>;

/** How many moments are fetched at once. */
export const pageSize = 250;

/** The moments of one time line that have been fetched so far, by index; oldest first. */
export class MomentPages {
  readonly #fetch: FetchMoments;
  #moments: (Moment | undefined)[] = [];
  #underway = new Map<number, Promise<void>>();
  #tail: Pick<MomentPage, 'total' | 'first'> = { total: 0, first: 0 };

  constructor(fetch: FetchMoments) {
    this.#fetch = fetch;
  }

  /**
   * Takes in the latest moments. Where old ones have fallen off the journal, or the cloud has been founded anew,
   * every index means another moment: all is forgotten.
   */
  update(tail: MomentPage): void {
    if (tail.first !== this.#tail.first || tail.total < this.#tail.total) {
      this.#moments = [];
      this.#underway.clear();
    }
    this.#tail = { total: tail.total, first: tail.first };
    this.#put(tail);
  }

  at(index: number): Moment | undefined {
    return this.#moments[index];
  }

  /** The moment at this index, fetched if need be with those around it. */
  async read(index: number): Promise<Moment | undefined> {
    if (index < 0 || index >= this.#tail.total) return undefined;
    if (!this.#moments[index]) await this.#page(Math.floor(index / pageSize));
    return this.#moments[index];
  }

  /** Fetches what is missing from `from` up to, not including, `to`; the latest first. */
  async load(from: number, to: number, onpage: () => void): Promise<void> {
    const last = Math.floor((Math.min(to, this.#tail.total) - 1) / pageSize);
    for (let page = last; page >= Math.floor(Math.max(0, from) / pageSize); page--) {
      if (this.#isWhole(page)) continue;
      await this.#page(page);
      onpage();
    }
  }

  #page(page: number): Promise<void> {
    const underway = this.#underway.get(page);
    if (underway) return underway;
    const { first } = this.#tail;
    const fetched = this.#fetch({ from: page * pageSize, limit: pageSize })
      .then((answer) => {
        // An answer about another numbering is of no use.
        if (first === this.#tail.first) this.#put(answer);
      })
      .finally(() => this.#underway.delete(page));
    this.#underway.set(page, fetched);
    return fetched;
  }

  #put({ from, moments }: MomentPage): void {
    for (const [offset, moment] of moments.entries()) this.#moments[from + offset] = moment;
  }

  #isWhole(page: number): boolean {
    const end = Math.min((page + 1) * pageSize, this.#tail.total);
    for (let index = page * pageSize; index < end; index++) if (!this.#moments[index]) return false;
    return true;
  }
}
