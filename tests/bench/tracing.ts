import type { Browser, Page } from 'playwright-core';

/** One event of Chromium's trace (Trace Event Format); times in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  /** Time on the processor; differs from `dur` where the machine is busy with other things. */
  tdur?: number;
  args?: {
    /** Of `thread_name`. */
    name?: string;
    /** Of `PipelineReporter` (chromium/src/cc/metrics): what became of one refresh of the screen. */
    frame_reporter?: { state: string };
  };
}

const categories = ['__metadata', 'disabled-by-default-devtools.timeline', 'cc', 'benchmark'];

/** What Chromium notes while `work` is under way. No other page may be open. */
export async function traced(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories });
  let trace: Buffer;
  try {
    await work();
  } finally {
    trace = await browser.stopTracing();
  }
  return (JSON.parse(trace.toString('utf8')) as { traceEvents: TraceEvent[] }).traceEvents;
}

/** The longest task of a page's main thread, in milliseconds: by the clock, and what of it was spent on the processor. */
export function longestTask(events: readonly TraceEvent[]): { longest: number; busy: number } {
  const mainThreads = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(({ name, pid, tid }) => name === 'RunTask' && mainThreads.has(`${pid} ${tid}`));
  if (tasks.length === 0) throw new Error('Chromium’s trace has no tasks of the main thread.');
  return {
    longest: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
    busy: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
  };
}

export interface Frames {
  /** Refreshes of the screen, each 16.7 ms, for which there was something new to draw … */
  wanted: number;
  /** … and those that went by without it. */
  dropped: number;
  /** Frames that took the page's main thread more than 16.7 ms on the processor. */
  heavy: number;
}

/**
 * Chromium reports a refresh twice where the main thread draws, which is one behind the compositor: once as
 * `STATE_PRESENTED_PARTIAL`, and once as `STATE_PRESENTED_ALL` when its part is on the screen too. Even a page that
 * moves one dot does so (measured), so the first says nothing.
 */
export function frames(events: readonly TraceEvent[]): Frames {
  const states = events
    .filter(({ name, ph }) => name === 'PipelineReporter' && ph === 'b')
    .map(({ args }) => args?.frame_reporter?.state);
  const shown = states.filter((state) => state === 'STATE_PRESENTED_ALL').length;
  const dropped = states.filter((state) => state === 'STATE_DROPPED').length;
  if (shown === 0) throw new Error('Chromium’s trace has no frames.');
  return {
    wanted: shown + dropped,
    dropped,
    heavy: events.filter(({ name, tdur = 0 }) => name === 'ProxyMain::BeginMainFrame' && tdur > 16_700)
      .length,
  };
}
