import { getContext, setContext, untrack } from 'svelte';
import type { Moment, MomentPage, MomentQuery } from '$engine/look/look.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import type { GlassState } from '../state/glass.svelte.ts';
import { useLook } from '../state/useLook.svelte.ts';
import { findMoment } from './moments.ts';
import { MomentPages } from './pages.ts';

const contextKey = Symbol('timeline');

/** Which moments the time machine runs over. */
export interface TimelineFilter {
  keyArn?: string;
  /** Only those that changed something. */
  changing: boolean;
}

/** How many of the latest moments are always at hand. */
const tailLength = 200;

/**
 * The time machine: all moments of the cloud that the filter lets through, of which only those that are looked at
 * are fetched, and where in them the glass stands. The position after the last is now.
 */
export class Timeline {
  readonly #glass: GlassState;
  #filter = $state.raw<TimelineFilter>({ changing: false });
  #pages = new MomentPages((query) => cloud.look('moments', { ...this.#query(), ...query }));
  /** Grows whenever a page comes, so that whoever reads a moment reads it again. */
  #version = $state(0);
  #index = $state<number>();
  readonly #tailQuery = $derived<MomentQuery | undefined>(
    cloud.status === 'ready' ? { ...this.#query(), from: -tailLength, limit: tailLength } : undefined,
  );
  readonly #tail = useLook('moments', () => this.#tailQuery);
  /** The latest moments, once they have been taken in. */
  #known = $state.raw<MomentPage>();

  constructor(glass: GlassState) {
    this.#glass = glass;
    $effect(() => {
      const tail = this.#tail.value;
      // An answer for another filter has come too late.
      if (!tail || this.#tail.answers !== this.#tailQuery) return;
      untrack(() => {
        this.#pages.update(tail);
        this.#known = tail;
        this.#version++;
      });
    });
    $effect(() => {
      const { at } = glass;
      const { request } = glass.link;
      const total = this.#known?.total ?? 0;
      untrack(() => void this.#find(at, request, total));
    });
  }

  get filter(): TimelineFilter {
    return this.#filter;
  }

  set filter(filter: TimelineFilter) {
    this.#filter = filter;
    this.#pages = new MomentPages((query) => cloud.look('moments', { ...this.#query(), ...query }));
    this.#known = undefined;
    this.#index = undefined;
    this.#version++;
  }

  /** How many moments fit. */
  get total(): number {
    return this.#tail.value?.total ?? 0;
  }

  /** The oldest commit as of which the cloud can still be seen. */
  get first(): number | undefined {
    return this.#tail.value?.first;
  }

  /** The cloud's latest commit. */
  get last(): number | undefined {
    return this.#tail.value?.last;
  }

  get failure(): string | undefined {
    return this.#tail.failure;
  }

  get at(): number | undefined {
    return this.#glass.at;
  }

  /**
   * Where the glass stands: an index, `total` for now, or −1 for before all moments that the filter lets through.
   * `undefined`: it is still being looked for.
   */
  get index(): number | undefined {
    return this.#glass.at === undefined ? this.total : this.#index;
  }

  /** The moment after which the cloud is seen; `undefined` for now. */
  get moment(): Moment | undefined {
    if (this.#glass.at === undefined || this.#index === undefined) return undefined;
    return this.momentAt(this.#index);
  }

  /** What is at hand; does not fetch. */
  momentAt(index: number): Moment | undefined {
    return this.#version >= 0 ? this.#pages.at(index) : undefined;
  }

  /** Fetches what is not at hand, one page at a time. */
  async load(from: number, to: number): Promise<void> {
    await this.#pages.load(from, to, () => this.#version++);
  }

  /** Takes the glass to this index: every picture shows the cloud as of then. */
  async goTo(index: number): Promise<void> {
    const { total } = this;
    if (index >= total) {
      this.goToNow();
      return;
    }
    this.#index = Math.max(0, index);
    const wanted = this.#index;
    const moment = await this.#read(wanted);
    if (!moment || this.#index !== wanted) return;
    const { sequence, requestId } = moment;
    this.#glass.look({ at: sequence, request: requestId, example: undefined, step: undefined });
  }

  goToNow(): void {
    this.#index = undefined;
    this.#glass.look({ at: undefined, request: undefined, step: undefined });
  }

  /** All moments after the one that the glass stands at, the filter aside. */
  async since(sequence: number): Promise<Moment[]> {
    const all = new MomentPages((query) => cloud.look('moments', query));
    const tail = await cloud.look('moments', { from: -tailLength, limit: tailLength });
    all.update(tail);
    const read = async (index: number) => all.read(index);
    const from = (await findMoment(tail.total, read, sequence)) + 1;
    await all.load(from, tail.total, () => {});
    return Array.from({ length: tail.total - from }, (_, offset) => all.at(from + offset)).filter(
      (moment) => moment !== undefined,
    );
  }

  async #find(at: number | undefined, request: string | undefined, total: number): Promise<void> {
    if (at === undefined || !this.#known) return;
    const here = this.#index === undefined ? undefined : this.#pages.at(this.#index);
    const isHere = here?.sequence === at && (request === undefined || here.requestId === request);
    if (isHere) return;
    const found = await findMoment(total, (index) => this.#read(index), at, request);
    if (this.#glass.at === at) this.#index = found;
  }

  async #read(index: number): Promise<Moment | undefined> {
    const moment = await this.#pages.read(index);
    this.#version++;
    return moment;
  }

  #query(): MomentQuery {
    const { keyArn, changing } = this.#filter;
    return { ...(keyArn === undefined ? {} : { keyArn }), ...(changing ? { changing } : {}) };
  }
}

/** For the layout of the glass alone. */
export function provideTimeline(glass: GlassState): Timeline {
  return setContext(contextKey, new Timeline(glass));
}

export function useTimeline(): Timeline {
  return getContext<Timeline>(contextKey);
}
