import type { TraceRecord } from '$engine/trace/trace.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { isAuditor } from '$lib/glass/requests/requests.ts';
import { madeCalls, type MadeCall } from './calls.svelte.ts';
import { isOnlyReading } from './words/reading.ts';

/** Which request the playground's glass shows: one that was chosen, one from a link, or whatever came last. */
class Watched {
  #chosen = $state.raw<number>();
  #shared = $state.raw<TraceRecord>();
  /** Whether the many calls by which the console only reads are listed too. */
  showReading = $state(false);

  /** The faces' calls to be listed, newest first. */
  get calls(): readonly MadeCall[] {
    const listed = this.showReading ? madeCalls.all : madeCalls.all.filter((call) => !isOnlyReading(call));
    return listed.toReversed();
  }

  /** The call whose words are shown. */
  get call(): MadeCall | undefined {
    return this.calls.find(({ id }) => id === this.#chosen) ?? this.calls[0];
  }

  /** A trace that came with a link, while it is shown. */
  get shared(): TraceRecord | undefined {
    return this.#shared;
  }

  get trace(): TraceRecord | undefined {
    if (this.#shared) return this.#shared;
    const { requestId } = this.call ?? {};
    const traces = cloud.recent;
    return requestId === undefined
      ? traces.findLast(({ principalArn }) => !isAuditor(principalArn))
      : traces.findLast((trace) => trace.requestId === requestId);
  }

  /** Keeps to one call; without, follows whatever is done next. */
  choose(call: MadeCall | undefined): void {
    this.#chosen = call?.id;
    this.#shared = undefined;
  }

  get isChosen(): boolean {
    return this.#chosen !== undefined;
  }

  showShared(trace: TraceRecord | undefined): void {
    this.#shared = trace;
  }
}

export const watched = new Watched();
