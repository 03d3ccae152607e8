import { getContext, setContext, untrack } from 'svelte';
import type { CloudView } from '$engine/observation.ts';
import type { TraceRecord } from '$engine/trace/trace.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { isAuditor } from '../requests/requests.ts';
import type { GlassState } from './glass.svelte.ts';
import { useLook } from './useLook.svelte.ts';

const contextKey = Symbol('trace');

/** The request that the pictures show. */
export interface ShownTrace {
  /** Absent: there is none, or it is on its way. */
  readonly trace: TraceRecord | undefined;
  /** `latest`: the link names none. `none`: it looks back at a moment that was no request. */
  readonly source: 'request' | 'example' | 'latest' | 'none';
  /** The cloud that a recorded example was made in; absent for requests of this cloud. */
  readonly view: CloudView | undefined;
  /** What the link names cannot be had: its trace is not kept, or there is no such example. */
  readonly missing: boolean;
  readonly loading: boolean;
}

/** For the layout of the glass alone. */
export function provideTrace(glass: GlassState): ShownTrace {
  return setContext(contextKey, followLink(glass));
}

/** The trace that the link names (a request's, or a recorded example), or the latest one; inside the glass alone. */
export function useTrace(): ShownTrace {
  return getContext<ShownTrace>(contextKey);
}

function followLink(glass: GlassState): ShownTrace {
  const source = $derived.by(() => {
    if (glass.link.example !== undefined) return 'example';
    if (glass.link.request !== undefined) return 'request';
    return glass.at === undefined ? 'latest' : 'none';
  });

  const latestHere = $derived(cloud.recent.findLast(({ principalArn }) => !isAuditor(principalArn)));
  /** After a reload, the page has seen no request yet; the engine still knows which was the last. */
  const lastKept = useLook('requests', () =>
    source === 'latest' && cloud.status === 'ready' && !latestHere
      ? { limit: 1, without: auditors() }
      : undefined,
  );
  const wanted = $derived(
    source === 'request' ? glass.link.request : source === 'latest' ? latestId() : undefined,
  );
  const here = $derived(cloud.recent.findLast(({ requestId }) => requestId === wanted));
  const kept = useLook('trace', () =>
    wanted !== undefined && !here && cloud.status === 'ready' ? { requestId: wanted } : undefined,
  );
  const example = followExample(() => glass.link.example);

  function latestId(): string | undefined {
    return latestHere?.requestId ?? lastKept.value?.requests[0]?.requestId;
  }

  return {
    get trace() {
      if (source === 'example') return example.loaded?.trace;
      if (here) return here;
      // What is on its way may still be the answer for another request.
      return kept.value?.requestId === wanted ? (kept.value ?? undefined) : undefined;
    },
    get source() {
      return source;
    },
    get view() {
      return source === 'example' ? example.loaded?.view : undefined;
    },
    get missing() {
      if (source === 'example') return example.missing;
      return source === 'request' && !here && kept.value === null && !kept.loading;
    },
    get loading() {
      if (source === 'example') return !example.loaded && !example.missing;
      return kept.loading || lastKept.loading || cloud.status === 'starting';
    },
  };
}

function followExample(name: () => string | undefined) {
  let loaded = $state.raw<{ name: string; trace: TraceRecord; view: CloudView }>();
  let missing = $state(false);
  $effect(() => {
    const wanted = name();
    untrack(() => {
      missing = false;
      if (wanted === undefined) loaded = undefined;
      else void load(wanted);
    });
  });

  async function load(wanted: string): Promise<void> {
    const { exampleNamed } = await import('../examples/examples.ts');
    const recording = await exampleNamed(wanted)
      ?.load()
      .catch(() => undefined);
    if (wanted !== name()) return;
    missing = recording === undefined;
    loaded = recording && { name: wanted, ...recording };
  }

  return {
    get loaded() {
      return loaded?.name === name() ? loaded : undefined;
    },
    get missing() {
      return missing;
    },
  };
}

/** The principals whose own requests are left out of what is shown by itself. */
export function auditors(): string[] {
  return cloud.identities.filter(({ name }) => name === 'Auditor').map(({ arn }) => arn);
}
