import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryTraces, type TraceKeeper } from '../../src/engine/look/traces.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { openTraces } from '../../src/workers/trace-store.ts';

let count = 0;
const trace = (requestId: string): TraceRecord => ({
  requestId,
  eventId: `event of ${requestId}`,
  service: 'kms',
  operation: 'Encrypt',
  userAgent: '',
  time: 7,
  status: 200,
  steps: [
    {
      station: 'hsm',
      title: 'It seals.',
      fields: [{ name: 'Tag', value: new Uint8Array([1, 2]), direction: 'out' }],
      outcome: 'ok',
    },
  ],
});
const ids = ({ lines }: TraceKeeper) => lines.map(({ requestId }) => requestId);
const freshName = () => `traces ${++count}`;

afterEach(() => void vi.unstubAllGlobals());

describe('traces in IndexedDB', () => {
  it('are read before they are stored, and after another start', async () => {
    const name = freshName();
    const first = await openTraces(name);
    for (const id of ['a', 'b', 'c']) first.add(trace(id));
    expect(await first.read('b')).toEqual(trace('b'));
    await first.flush();
    expect(await first.read('b')).toEqual(trace('b'));
    first.add(trace('d'));
    first.close();
    const second = await openTraces(name);
    expect(ids(second)).toEqual(['a', 'b', 'c', 'd']);
    expect(await second.read('d')).toEqual(trace('d'));
    expect(await second.read('e')).toBeUndefined();
    second.add(trace('e'));
    await second.flush();
    expect(ids(await openTraces(name))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are stored by themselves within a quarter of a second', async () => {
    const name = freshName();
    const first = await openTraces(name);
    first.add(trace('a'));
    await expect.poll(async () => ids(await openTraces(name)), { timeout: 3000 }).toEqual(['a']);
  });

  it('are forgotten when they are cleared', async () => {
    const name = freshName();
    const traces = await openTraces(name);
    traces.add(trace('a'));
    await traces.flush();
    traces.add(trace('b'));
    await traces.clear();
    expect(ids(traces)).toEqual([]);
    expect(await traces.read('a')).toBeUndefined();
    expect(ids(await openTraces(name))).toEqual([]);
  });

  it('are kept in memory where there is no database', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const traces = await openTraces(freshName());
    traces.add(trace('a'));
    await traces.flush();
    expect(await traces.read('a')).toEqual(trace('a'));
  });
});

describe('traces in memory', () => {
  it('are so many as they are to be, the latest', async () => {
    const traces = memoryTraces(10);
    for (let index = 0; index < 100; index++) traces.add(trace(String(index)));
    expect(traces.lines.length).toBeGreaterThanOrEqual(10);
    expect(traces.lines.length).toBeLessThanOrEqual(11);
    expect(ids(traces).at(-1)).toBe('99');
    expect(await traces.read('99')).toBeDefined();
    expect(await traces.read('3')).toBeUndefined();
  });
});
