import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PendingCalls } from '../../src/lib/cloud/calls.ts';

describe('calls that wait for their answer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const failedToFetch = { name: 'TypeError', message: 'Failed to fetch' };

  it('get their own answers, in any order', async () => {
    const calls = new PendingCalls();
    const ids: number[] = [];
    const asked = [0, 1, 2].map(() => calls.ask<string>((id) => void ids.push(id)));
    for (const id of ids.toReversed()) calls.answer(id, `answer ${id}`);
    expect(await Promise.all(asked)).toEqual(ids.map((id) => `answer ${id}`));
  });

  it('fail all at once as a broken network does, with the reason as cause', async () => {
    const calls = new PendingCalls();
    const asked = [0, 1].map(() => calls.ask(() => {}));
    calls.failAll('the engine is gone');
    for (const each of asked) {
      await expect(each).rejects.toMatchObject({ ...failedToFetch, cause: 'the engine is gone' });
    }
  });

  it('fail when no answer comes in a minute', async () => {
    const calls = new PendingCalls();
    const asked = expect(calls.ask(() => {})).rejects.toMatchObject(failedToFetch);
    await vi.advanceTimersByTimeAsync(60_000);
    await asked;
  });

  it('end with the signal’s reason when the asker gives up, and ignore the answer', async () => {
    const calls = new PendingCalls();
    const aborting = new AbortController();
    let asked = 0;
    const call = calls.ask((id) => (asked = id), aborting.signal);
    aborting.abort(new Error('no longer wanted'));
    calls.answer(asked, 'late');
    await expect(call).rejects.toThrow('no longer wanted');
    expect(vi.getTimerCount()).toBe(0);
  });
});
