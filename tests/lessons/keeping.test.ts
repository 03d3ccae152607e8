import { describe, expect, it } from 'vitest';
import { loadDrawer, saveDrawer } from '../../src/lib/lesson/desk-drawer.ts';
import { clearLesson, loadProgress, saveStep, type Shelf } from '../../src/lib/lesson/progress.ts';

function shelf(): Shelf & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const forbidden = (): Shelf => {
  throw new DOMException('denied', 'SecurityError');
};

const time = '2026-10-01T08:05:11.000Z';

describe('progress', () => {
  it('is kept step by step, and the first time counts', () => {
    const store = shelf();
    expect(saveStep(() => store, 'one', 'a', time)).toBe(true);
    saveStep(() => store, 'one', 'b', time);
    saveStep(() => store, 'one', 'a', '2027-01-01T00:00:00.000Z');
    saveStep(() => store, 'two', 'a', time);
    expect(loadProgress(() => store)).toEqual({
      version: 1,
      lessons: { one: { a: time, b: time }, two: { a: time } },
    });
  });

  it('of one lesson can be cleared without the others', () => {
    const store = shelf();
    saveStep(() => store, 'one', 'a', time);
    saveStep(() => store, 'two', 'a', time);
    clearLesson(() => store, 'one');
    expect(loadProgress(() => store).lessons).toEqual({ two: { a: time } });
  });

  it.each([
    ['no JSON', '{'],
    ['another version', '{"version":2,"lessons":{}}'],
    ['another shape', '{"version":1,"lessons":{"one":["a"]}}'],
    ['no time', '{"version":1,"lessons":{"one":{"a":"yesterday"}}}'],
  ])('is empty when the shelf holds %s', (_what, text) => {
    const store = shelf();
    saveStep(() => store, 'one', 'a', time);
    store.items.set([...store.items.keys()][0]!, text);
    expect(loadProgress(() => store)).toEqual({ version: 1, lessons: {} });
  });

  it('is empty, and says that nothing is kept, where storage is forbidden', () => {
    expect(loadProgress(forbidden)).toEqual({ version: 1, lessons: {} });
    expect(saveStep(forbidden, 'one', 'a', time)).toBe(false);
  });
});

describe('the desk’s drawer', () => {
  const dataKey = {
    plaintext: new Uint8Array(32).fill(0x5a),
    encrypted: Uint8Array.of(1, 2, 3),
    context: { purpose: 'test' },
    keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
  };

  it('keeps the encrypted data key and never the plaintext', () => {
    const store = shelf();
    saveDrawer(() => store, 'one', { dataKey, since: new Date(time) });
    const { plaintext, ...kept } = dataKey;
    expect(loadDrawer(() => store, 'one')).toEqual({ dataKey: kept, since: new Date(time) });
    const text = [...store.items.values()].join();
    expect(text).not.toContain(Buffer.from(plaintext).toString('base64').slice(0, 8));
    expect(text).not.toContain('5a5a');
    expect(text).not.toContain('90,90');
  });

  it('can be emptied', () => {
    const store = shelf();
    saveDrawer(() => store, 'one', { dataKey });
    saveDrawer(() => store, 'one', {});
    expect(loadDrawer(() => store, 'one')).toEqual({});
  });

  it('is empty where storage is forbidden or holds something else', () => {
    saveDrawer(forbidden, 'one', { dataKey });
    expect(loadDrawer(forbidden, 'one')).toEqual({});
    const store = shelf();
    saveDrawer(() => store, 'one', { dataKey });
    store.items.set([...store.items.keys()][0]!, '{"version":1,"dataKey":{"encrypted":5}}');
    expect(loadDrawer(() => store, 'one')).toEqual({});
  });
});
