import { describe, expect, inject } from 'vitest';
import { test } from './harness.ts';
import { sitePages } from './site.ts';

describe('under a sub-path, as on GitHub Pages', () => {
  test('nothing is served outside of it', async () => {
    const origin = new URL(inject('subPathUrl')).origin;
    expect((await fetch(`${origin}/`)).status).toBe(404);
    expect((await fetch(inject('subPathUrl'), { redirect: 'manual' })).headers.get('location')).toBe(
      '/glass-kms/',
    );
  });

  test.for(sitePages())('%s loads, and its links stay within', async (path, { visit }) => {
    const page = await visit(path, { site: inject('subPathUrl') });
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    const origin = new URL(inject('subPathUrl')).origin;
    const links = await page
      .locator('a[href]')
      .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
    const outside = links.filter((link) => link.startsWith(origin) && !link.startsWith(inject('subPathUrl')));
    expect(outside).toEqual([]);
  });

  test('the engine and the module are loaded from within it', async ({ visit }) => {
    const page = await visit('/trail/', { site: inject('subPathUrl') });
    const workers = () => page.workers().map((worker) => worker.url().replace(/-[^-]*$/, ''));
    const folder = `${inject('subPathUrl')}/_app/immutable/workers`;
    await expect.poll(() => workers().sort()).toEqual([`${folder}/engine.worker`, `${folder}/hsm.worker`]);
  });
});
