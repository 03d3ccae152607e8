import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Response } from 'playwright-core';
import { buildSite, projectRoot } from '../../scripts/build-site.js';
import { serveSite } from '../../scripts/static-server.js';
import { findBrowser, launchBrowser } from '../e2e/browser.ts';
import { buildPage } from '../support/build-page.ts';
import type { Comparison } from './compare.ts';
import { measureGlass, type GlassResults } from './glass.ts';
import { measurePlayground } from './playground.ts';

export interface PageWeight {
  path: string;
  scripts: number;
  /** Bytes of all scripts that the page gets before anybody touches it, each gzipped. */
  gzipped: number;
}

export interface ChromiumResults {
  version: string;
  comparisons: Comparison[];
  weights: PageWeight[];
  glass: GlassResults;
}

/** Builds and serves the site and, beside it, the page that measures; then measures in Chromium. */
export async function measureInChromium(paths: string[]): Promise<ChromiumResults> {
  const site = join(projectRoot, 'test-results/bench-site');
  rmSync(site, { recursive: true, force: true });
  await buildSite({ env: { BASE_PATH: '', BUILD_DIR: join(projectRoot, 'build') } });
  cpSync(join(projectRoot, 'build'), site, { recursive: true });
  await buildPage(join(projectRoot, 'tests/bench/page'), join(site, 'bench'));
  const server = await serveSite({ directory: site });
  const browser = await launchBrowser(await findBrowser());
  try {
    const weights: PageWeight[] = [];
    for (const path of paths) weights.push(await weigh(browser, server.url, path));
    const comparisons = await compareInPage(browser, server.url);
    const throughWorkers = comparisons.at(-1)!.subject;
    comparisons.push(...(await measurePlayground(browser, server.url, throughWorkers)));
    const glass = await measureGlass(browser, server.url);
    return { version: browser.version(), comparisons, weights, glass };
  } finally {
    await browser.close();
    await server.close();
  }
}

async function compareInPage(browser: Browser, site: string): Promise<Comparison[]> {
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`${site}/bench/`, { waitUntil: 'networkidle' });
  const comparisons = await page.evaluate(() => globalThis.benchPage.engine());
  comparisons.push(...(await page.evaluate(() => globalThis.benchPage.file())));
  comparisons.push(await page.evaluate(() => globalThis.benchPage.boundary()));
  await page.close();
  return comparisons;
}

/** Opens a page with an empty cache and leaves it alone until it is quiet. */
async function weigh(browser: Browser, site: string, path: string): Promise<PageWeight> {
  const context = await browser.newContext();
  const scripts: Response[] = [];
  context.on('response', (response) => {
    if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
  });
  const page = await context.newPage();
  const response = await page.goto(site + path, { waitUntil: 'networkidle' });
  if (!response?.ok()) throw new Error(`${path} does not load.`);
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body()).length));
  await context.close();
  return { path, scripts: sizes.length, gzipped: sizes.reduce((sum, size) => sum + size, 0) };
}
