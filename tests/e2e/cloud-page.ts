/** The page in `cloud-page/`: a tab with nothing but the connection to the cloud of its browser. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { test as base } from './harness.ts';

/** `context` is a profile that nobody has used before. The test fails if any tab of it leaves an error uncaught. */
export const test = base.extend('context', async ({ browser }, { onCleanup }): Promise<BrowserContext> => {
  const context = await browser.newContext();
  const uncaught: unknown[] = [];
  context.on('weberror', (error) => void uncaught.push(error.error()));
  onCleanup(async () => {
    await context.close();
    expect(uncaught, 'uncaught errors of pages').toEqual([]);
  });
  return context;
});

export const cloudPageUrl = (): string => `${inject('siteWithSdkUrl')}/cloud-page/`;

/** Opens a tab and waits until its cloud is ready or has failed. */
export async function openTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await goToCloud(page);
  return page;
}

export async function goToCloud(page: Page): Promise<void> {
  await page.goto(cloudPageUrl());
  await page.waitForFunction(() => 'cloudPage' in globalThis);
}

/** What the tab shows of the cloud. */
export function stateOf(page: Page) {
  return page.evaluate(() => {
    const { status, message, durability, identities, view, recent } = globalThis.cloudPage.cloud;
    return {
      status,
      message,
      durability,
      people: identities.map(({ name }) => name),
      keys: view?.keys,
      tokens: view?.zones.map(({ tokens }) => tokens),
      records: view?.auditRecords,
      recent: recent.map(({ operation }) => operation),
    };
  });
}

/** Creates a symmetric key; gives its id, or the error as `name: message`. */
export function createKey(page: Page, Description = ''): Promise<string> {
  return page.evaluate(async (text) => {
    try {
      const { KeyMetadata } = await globalThis.cloudPage.kms.call('CreateKey', { Description: text });
      return KeyMetadata?.KeyId ?? '';
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  }, Description);
}

/** Ids of all keys. */
export function listKeys(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const ids: string[] = [];
    let Marker: string | undefined;
    do {
      const { Keys = [], NextMarker } = await globalThis.cloudPage.kms.call('ListKeys', {
        Limit: 1000,
        Marker,
      });
      ids.push(...Keys.map(({ KeyId = '' }) => KeyId));
      Marker = NextMarker;
    } while (Marker !== undefined);
    return ids;
  });
}

/** Waits until this tab runs the workers, as it will when it was the first, or those before it are gone. */
export async function waitForOwnWorkers(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page
        .workers()
        .map((worker) => worker.url())
        .sort(),
    )
    .toEqual([expect.stringContaining('/engine.worker'), expect.stringContaining('/hsm.worker')]);
  await page.evaluate(() => globalThis.cloudPage.cloud.start());
}

/** Ends one of the tab's workers as a crash would: without a word to anybody. */
export async function endWorker(page: Page, name: 'engine' | 'hsm'): Promise<void> {
  const worker = page.workers().find((each) => each.url().includes(`/${name}.worker`));
  if (!worker) throw new Error(`This tab runs no ${name} worker`);
  await worker.evaluate(() => globalThis.close());
}
