import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import { expectAccessibleInBothThemes, test } from './harness.ts';
import { expectKeyboardToSuffice } from './keyboard-walk.ts';
import { sitePages } from './site.ts';

const pages = sitePages();

describe.for(pages)('%s', (path) => {
  test('reads without JavaScript', async ({ visit }) => {
    const page = await visit(path, { javaScript: false });
    expect(await page.title()).not.toBe('');
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    expect((await page.getByRole('main').innerText()).length).toBeGreaterThan(100);
  });

  test('carries a strict policy in its first bytes', async () => {
    const html = await (await fetch(inject('siteUrl') + path)).text();
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1] ?? '';
    const directives = new Map(
      policy.split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(/\s+/);
        return [name, sources];
      }),
    );
    expect(directives.get('default-src')).toEqual(["'self'"]);
    expect(directives.get('object-src')).toEqual(["'none'"]);
    const scripts = directives.get('script-src') ?? [];
    expect(scripts).toContain("'self'");
    expect(scripts.filter((source) => source !== "'self'" && !source.startsWith("'sha256-"))).toEqual([]);
    // No script may come before the policy that governs it.
    expect(html.search(/<script/i)).toBeGreaterThan(html.search(/http-equiv="content-security-policy"/i));
  });

  // One visit for what is asked of a page at one size, since every visit starts a cloud.
  test('is accessible, also with the keyboard alone, and leads only to pages that exist: wide', async ({
    visit,
  }) => {
    const page = await visit(path, { size: 'wide', reducedMotion: true });
    await expectAccessibleInBothThemes(page);
    await expectLinksToLead(page);
    await expectKeyboardToSuffice(page);
  });
});

async function expectLinksToLead(page: Page): Promise<void> {
  const links = await page
    .locator('a[href]')
    .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
  const within = [...new Set(links.filter((link) => link.startsWith(inject('siteUrl'))))];
  const broken: string[] = [];
  for (const link of within) if (!(await fetch(link)).ok) broken.push(link);
  expect(broken).toEqual([]);
}

describe('an address that leads nowhere', () => {
  test('gets the site’s own page, with status 404', async ({ visit, faults }) => {
    const response = await fetch(`${inject('siteUrl')}/no/such/page`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const page = await visit('/no/such/page');
    await page.getByRole('heading', { level: 1 }).waitFor();
    // Chromium logs the status, and Kit the address that it has no page for.
    expect(faults.splice(0).filter((fault) => !/404|Not found/.test(fault))).toEqual([]);
  });
});
