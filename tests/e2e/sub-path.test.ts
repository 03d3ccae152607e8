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

  // One profile for all pages, since each new one founds a cloud.
  test('every page loads, and its links stay within', async ({ visit }) => {
    const site = inject('subPathUrl');
    const { origin } = new URL(site);
    const page = await visit('/', { site });
    for (const path of sitePages()) {
      await page.goto(site + path);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
      const links = await page
        .locator('a[href]')
        .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
      expect(links.filter((link) => link.startsWith(origin) && !link.startsWith(site))).toEqual([]);
    }
  });

  test('the engine and the module are loaded from within it', async ({ visit }) => {
    const page = await visit('/trail/', { site: inject('subPathUrl') });
    const workers = () => page.workers().map((worker) => worker.url().replace(/-[^-]*$/, ''));
    const folder = `${inject('subPathUrl')}/_app/immutable/workers`;
    await expect.poll(() => workers().sort()).toEqual([`${folder}/engine.worker`, `${folder}/hsm.worker`]);
  });
});
