import { expect, test } from 'vitest';
import type { Moment, MomentPage } from '../../src/engine/look/look.ts';
import { MomentPages, pageSize } from '../../src/lib/glass/time/pages.ts';

/** A cloud with so many moments, whose oldest commits may have fallen off. */
function historyOf(total: number, first = 0) {
  const page = (from: number, limit: number): MomentPage => {
    const start = from < 0 ? Math.max(0, total + from) : from;
    const length = Math.max(0, Math.min(limit, total - start));
    const moments = Array.from({ length }, (_, offset): Moment => {
      const sequence = first + start + offset;
      return { sequence, time: sequence, kind: 'request', name: 'Encrypt', keyArns: [], changes: [] };
    });
    return { total, from: start, moments, first, last: first + total - 1 };
  };
  const asked: number[] = [];
  const fetch = async ({ from, limit }: { from: number; limit: number }) => {
    asked.push(from);
    return page(from, limit);
  };
  return { page, fetch, asked };
}

test('only what is read is fetched, a page at a time', async () => {
  const { page, fetch, asked } = historyOf(10_000);
  const pages = new MomentPages(fetch);
  pages.update(page(-200, 200));
  expect(pages.at(9_999)?.sequence).toBe(9_999);
  expect(pages.at(5)).toBeUndefined();
  expect((await pages.read(5))?.sequence).toBe(5);
  expect((await pages.read(6))?.sequence).toBe(6);
  expect(asked).toEqual([0]);
  expect(await pages.read(10_000)).toBeUndefined();
});

test('all can be fetched, the latest first, and nothing twice', async () => {
  const { page, fetch, asked } = historyOf(1_000);
  const pages = new MomentPages(fetch);
  pages.update(page(-200, 200));
  let came = 0;
  await pages.load(0, 1_000, () => came++);
  expect(asked).toEqual([750, 500, 250, 0]);
  expect(came).toBe(1_000 / pageSize);
  await pages.load(0, 1_000, () => came++);
  expect(asked).toHaveLength(4);
});

test('what is new is added, and what has another number is forgotten', async () => {
  const before = historyOf(500);
  const pages = new MomentPages(before.fetch);
  pages.update(before.page(-200, 200));
  await pages.read(0);
  pages.update(historyOf(501).page(-200, 200));
  expect(pages.at(0)?.sequence).toBe(0);
  expect(pages.at(500)?.sequence).toBe(500);
  pages.update(historyOf(501, 1).page(-200, 200));
  expect(pages.at(0)).toBeUndefined();
  expect(pages.at(500)?.sequence).toBe(501);
});
