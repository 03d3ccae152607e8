import type { TraceRecord } from '$engine/trace/trace.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { ContextPairs } from '$lib/context/context-pairs.svelte.ts';
import { actor } from '$lib/cloud/actor.svelte.ts';
import type { Anatomy } from '../anatomy/parts.ts';
import type { Sample } from '../specimen.svelte.ts';
import type { AskDecrypt } from './ask-decrypt.ts';
import { Caught } from './caught.ts';
import { flipped, type Flip } from './flip.ts';
import { sampleBytes } from './sample-bytes.ts';
import { openedVerdict, verdictOf, type Verdict } from './verdict.ts';

/** The most requests that trying every byte may send, and how many of them at the same time. */
const mostRequests = 200;
const atOnce = 8;

/** Attempts to open bytes, changed or whole, by whom the pictures act as. All are made in earnest. */
export class Trials {
  /** The bit that is turned over, if one is. */
  flip = $state.raw<Flip>();
  /** Encryption context to give with a bare blob. */
  readonly pairs = new ContextPairs({});
  /** Where a bare blob is sent. */
  region = $state('us-east-1');
  #latest = $state.raw<{ verdict: Verdict; flip: Flip | undefined }>();
  #busy = $state(false);
  #failure = $state.raw<string>();
  #map = $state.raw<ReadonlyMap<number, Verdict>>(new Map());
  #survey = $state.raw<{ done: number; total: number }>();
  #isStopped = false;

  get latest() {
    return this.#latest;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Why nothing could be tried. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** What came of turning over a bit of each byte that was tried. */
  get map(): ReadonlyMap<number, Verdict> {
    return this.#map;
  }

  /** How far trying every byte has come, while it goes on. */
  get survey() {
    return this.#survey;
  }

  /** Forgets what was found out about other bytes. */
  clear(): void {
    this.stop();
    this.flip = undefined;
    this.#latest = undefined;
    this.#failure = undefined;
    this.#map = new Map();
  }

  /** Asked anew each time: it changes while others are waited for. */
  #stopped(): boolean {
    return this.#isStopped;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Tries once: with the bit turned over, if one is. */
  try(sample: Sample, anatomy: Anatomy): Promise<void> {
    const { flip } = this;
    return this.#work(async (ask) => {
      const verdict = await this.#attempt(sample, anatomy, flip, ask);
      this.#latest = { verdict, flip };
      if (flip) this.#map = new Map(this.#map).set(flip.byte, verdict);
    });
  }

  /** Turns over the lowest bit of byte after byte, a few at the same time, until done or stopped. */
  tryEvery(sample: Sample, anatomy: Anatomy): Promise<void> {
    return this.#work(async (ask) => {
      const dataKeys = anatomy.parts.filter(({ inside }) => inside).length;
      const bytes = sampleBytes(anatomy, Math.floor(mostRequests / Math.max(1, dataKeys)));
      this.#isStopped = false;
      this.#map = new Map();
      this.#survey = { done: 0, total: bytes.length };
      for (let from = 0; from < bytes.length; from += atOnce) {
        const batch = bytes.slice(from, from + atOnce);
        const found = await Promise.all(
          batch.map(async (byte) => {
            return [byte, await this.#attempt(sample, anatomy, { byte, bit: 0 }, ask)] as const;
          }),
        );
        if (this.#stopped()) break;
        this.#map = new Map([...this.#map, ...found]);
        this.#survey = { done: from + batch.length, total: bytes.length };
      }
    });
  }

  async #work(work: (ask: AskDecrypt) => Promise<void>): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#failure = undefined;
    // The signing client is fetched apart from the page, which must show without it.
    const { askDecrypt, askingOnce } = await import('./ask-decrypt.ts');
    const ask = askingOnce(askDecrypt(cloud, () => actor.identity, this.region));
    try {
      await work(ask);
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    } finally {
      ask.forget();
      this.#survey = undefined;
      this.#busy = false;
    }
  }

  /** Rejects only where nothing could be tried: no answer of the cloud, an algorithm that the browser lacks. */
  async #attempt(
    { bytes }: Sample,
    { format }: Anatomy,
    flip: Flip | undefined,
    ask: AskDecrypt,
  ): Promise<Verdict> {
    const { open } = await import('./open.ts');
    try {
      await open(format, flip ? flipped(bytes, flip) : bytes, this.pairs.context, ask);
      return openedVerdict;
    } catch (error) {
      if (!(error instanceof Caught)) throw error;
      return verdictOf(error, await traceOf(error.requestId));
    }
  }
}

async function traceOf(requestId: string | undefined): Promise<TraceRecord | undefined> {
  if (requestId === undefined) return undefined;
  const seen = cloud.recent.findLast((trace) => trace.requestId === requestId);
  // Without it, the verdict says less, and is no less true.
  return seen ?? (await cloud.look('trace', { requestId }).catch(() => null)) ?? undefined;
}
