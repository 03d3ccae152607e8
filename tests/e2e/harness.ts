/**
 * What every browser test stands on: `test` with a browser for each file and `visit` for each test.
 *
 * `visit('/glass', { theme: 'dark', size: 'narrow' })` opens a page of the built site in a profile that nobody
 * has used before. More tabs of the same profile come from `page.context().newPage()`. When the test ends, it
 * fails if any tab logged an error, threw one, broke the Content Security Policy (Chromium logs that as an
 * error), or asked another origin for anything. A test that wants such a fault reads it from `faults` and
 * takes it out.
 *
 * Find things as a person would: `page.getByRole`, `page.getByLabel`. Wait for what must become true
 * (`locator.waitFor`, `expect.poll`), never for a time.
 */
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject, test as base } from 'vitest';
import { launchBrowser } from './browser.ts';

export const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
  smallest: { width: 360, height: 640 },
} as const;

export interface VisitOptions {
  /** Where the site stands; the built site by default. No slash at the end. */
  site?: string;
  theme?: 'light' | 'dark';
  size?: keyof typeof sizes;
  javaScript?: boolean;
  reducedMotion?: boolean;
}

export const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser(inject('browserPath'));
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('faults', async ({}, { onCleanup }) => {
    const faults: string[] = [];
    onCleanup(() => expect(faults, 'errors of the page').toEqual([]));
    return faults;
  })
  .extend('visit', async ({ browser, faults }, { onCleanup }) => {
    const contexts: BrowserContext[] = [];
    onCleanup(async () => {
      for (const context of contexts) await context.close();
    });
    return async (path: string, options: VisitOptions = {}): Promise<Page> => {
      const site = options.site ?? inject('siteUrl');
      const context = await browser.newContext({
        viewport: sizes[options.size ?? 'wide'],
        colorScheme: options.theme ?? 'light',
        javaScriptEnabled: options.javaScript ?? true,
        reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
      });
      contexts.push(context);
      watch(context, new URL(site).origin, faults);
      const page = await context.newPage();
      const traffic = watchTraffic(page);
      await page.goto(site + path);
      if (options.javaScript ?? true) await settle(page, traffic);
      return page;
    };
  });

/** When the page last began or ended a request; milliseconds since the Unix epoch. */
function watchTraffic(page: Page): { last: number } {
  const traffic = { last: Date.now() };
  const note = () => void (traffic.last = Date.now());
  page.on('request', note).on('requestfinished', note).on('requestfailed', note);
  return traffic;
}

/**
 * Waits until the page has run the modules that it names, and has asked for nothing for half a second. Playwright's
 * own `networkidle` waits for every request to end, and those of a worker that is terminated never do.
 */
async function settle(page: Page, traffic: { last: number }): Promise<void> {
  // As text, because Vitest would put a function of its own in the place of `import`.
  await page.evaluate(`Promise.all(
    [...document.querySelectorAll('link[rel=modulepreload]')].map((link) => import(link.href)),
  ).then(() => document.fonts.ready.then(() => undefined))`);
  await expect.poll(() => Date.now() - traffic.last, { timeout: 30_000 }).toBeGreaterThan(500);
}

function watch(context: BrowserContext, origin: string, faults: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => void faults.push(`uncaught: ${String(error.error())}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) faults.push(`request to ${url.href}`);
  });
}

/** The rules of WCAG 2.2, levels A and AA, that a program can check. */
export async function expectAccessible(page: Page): Promise<void> {
  const axe = axeOf(page).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  await expectNoViolations(axe);
}

/** Looks a page through in one theme, and in the other for what a theme can change: its colours. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectNoViolations(axeOf(page).withRules(['color-contrast']));
}

/**
 * "Legacy mode" leaves out frames of other origins, which here show nothing, and spares a blank page for each run:
 * a fifth of the time of the tests that look every page through.
 */
function axeOf(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function expectNoViolations(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html}\n  ${node.failureSummary ?? ''}`),
  );
  expect(found).toEqual([]);
}
