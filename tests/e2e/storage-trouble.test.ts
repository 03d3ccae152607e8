/** When the browser's storage fails: a clear message, nothing half-written, and a way out. */
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, inject, onTestFinished } from 'vitest';
import { projectRoot } from '../../scripts/build-site.js';
import { serveSite } from '../../scripts/static-server.js';
import { cloudPageUrl, createKey, goToCloud, listKeys, openTab, stateOf, test } from './cloud-page.ts';

const keyId = /^[0-9a-f-]{36}$/;
const reset = (page: Page) => page.evaluate(() => globalThis.cloudPage.cloud.reset());

describe('no room left', () => {
  const setQuota = async (page: Page, quotaSize?: number): Promise<void> => {
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(cloudPageUrl());
    await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize && { quotaSize }) });
  };

  test('a mutation is refused with the reason, what was there works, and it goes on when there is room', async ({
    context,
  }) => {
    const page = await context.newPage();
    await page.goto(`${inject('siteWithSdkUrl')}/404.html`);
    await setQuota(page, 300_000);
    await goToCloud(page);
    const made: string[] = [];
    let last = '';
    do {
      if (last) made.push(last);
      last = await createKey(page, 'x'.repeat(8000));
    } while (keyId.test(last) && made.length < 100);

    const reason = 'There is no room left to store this. Nothing was written.';
    expect(last).toContain(`KMSInternalException: ${reason}`);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', keys: made.length });
    expect((await stateOf(page)).message).toContain(reason);
    expect((await listKeys(page)).sort()).toEqual(made.sort());

    await setQuota(page);
    expect(await createKey(page)).toMatch(keyId);
    expect((await stateOf(page)).message).toBeUndefined();
    await page.reload();
    await goToCloud(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', keys: made.length + 1 });
  });

  test('a new cloud that finds no room is not founded, and says why', async ({ context }) => {
    const page = await context.newPage();
    await page.goto(`${inject('siteWithSdkUrl')}/404.html`);
    await setQuota(page, 1);
    await goToCloud(page);
    expect((await stateOf(page)).status).toBe('failed');
    expect((await stateOf(page)).message).toContain('no room left');
    await setQuota(page);
    // The browser looks at the quota again only after a while.
    await expect
      .poll(() => page.evaluate(() => globalThis.cloudPage.cloud.retry()).then(() => stateOf(page)), {
        timeout: 45_000,
      })
      .toMatchObject({ status: 'ready', message: undefined });
  });
});

describe('one database of the two', () => {
  test('that cannot be opened is told; retrying changes nothing; a reset founds a new cloud', async ({
    context,
  }) => {
    const page = await context.newPage();
    await page.goto(`${inject('siteWithSdkUrl')}/404.html`);
    // A version of the future, which this one must not touch.
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('glass-kms-hsm', 7);
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
          opening.onerror = () => reject(opening.error ?? new Error('cannot open'));
        }),
    );
    await goToCloud(page);
    const { status, message } = await stateOf(page);
    expect(status).toBe('failed');
    expect(message).toContain('the cryptographic module could not open its own');
    await page.evaluate(() => globalThis.cloudPage.cloud.retry());
    expect((await stateOf(page)).status).toBe('failed');
    await reset(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', message: undefined, durability: 'durable' });
    expect(await createKey(page)).toMatch(keyId);
  });

  test('that is lost with the domain key is told, and what is public can be exported first', async ({
    context,
  }) => {
    const page = await openTab(context);
    const id = await createKey(page, 'doomed');
    await page.goto(`${inject('siteWithSdkUrl')}/404.html`);
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const deleting = indexedDB.deleteDatabase('glass-kms-hsm');
          deleting.onsuccess = () => resolve();
          deleting.onerror = () => reject(deleting.error ?? new Error('cannot delete'));
        }),
    );
    await goToCloud(page);
    const other = await openTab(context);
    for (const tab of [page, other]) {
      const { status, message } = await stateOf(tab);
      expect(status).toBe('failed');
      expect(message).toContain('has lost the domain key');
    }
    const exported = await other.evaluate(() => globalThis.cloudPage.exported());
    expect(JSON.parse(exported)).toMatchObject({
      source: 'records',
      keys: [{ keyId: id, description: 'doomed' }],
      auditTrail: [{ eventName: 'CreateKey' }],
    });
    await reset(other);
    for (const tab of [page, other]) {
      await expect.poll(() => stateOf(tab)).toMatchObject({ status: 'ready', keys: 0, message: undefined });
    }
  });

  test('deleted under a running cloud: nothing more is written, and a reload goes on with what is there', async ({
    context,
  }) => {
    const page = await openTab(context);
    await createKey(page);
    const session = await context.newCDPSession(page);
    const { origin } = new URL(cloudPageUrl());
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    const message = 'The stored data of this cloud was changed or deleted from outside';
    expect(await createKey(page)).toContain(`KMSInternalException: ${message}`);
    expect((await stateOf(page)).message).toContain(message);
    await page.reload();
    await goToCloud(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', keys: 0, message: undefined });
  });
});

describe('an export', () => {
  test('has the keys, the aliases and the trail, and no secret', async ({ context }) => {
    const page = await openTab(context);
    const KeyId = await createKey(page, 'kept on paper');
    const secrets = await page.evaluate(async (key) => {
      const { cloud, kms } = globalThis.cloudPage;
      await kms.call('CreateAlias', { AliasName: 'alias/paper', TargetKeyId: key });
      const { Plaintext } = await kms.call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' });
      const accessKeys = cloud.identities.map(({ credentials }) => credentials.secretAccessKey);
      return [btoa(String.fromCharCode(...(Plaintext ?? []))), ...accessKeys];
    }, KeyId);
    const exported = await page.evaluate(() => globalThis.cloudPage.exported());
    const content = JSON.parse(exported) as { auditTrail: { eventName: string }[] };
    expect(content).toMatchObject({
      format: 'glass-kms-export',
      version: 1,
      source: 'requests',
      keys: [{ KeyId, Description: 'kept on paper' }],
      aliases: [{ AliasName: 'alias/paper', TargetKeyId: KeyId }],
    });
    expect(content.auditTrail.map(({ eventName }) => eventName)).toEqual(
      expect.arrayContaining(['CreateKey', 'CreateAlias', 'GenerateDataKey']),
    );
    for (const secret of secrets) expect(exported).not.toContain(secret);
  });
});

describe('a browser that blocks all storage', () => {
  /** What Chromium does in pages and workers where "Block all cookies" is chosen, which its headless shell cannot. */
  function denyStorage(): void {
    // The empty page that a tab begins with.
    if (!isSecureContext) return;
    const denied = () => Promise.reject(new DOMException('The request was denied.', 'SecurityError'));
    Object.defineProperty(navigator.locks, 'request', { value: denied });
    Object.defineProperty(navigator.storage, 'getDirectory', { value: denied });
    const refuse = () => {
      throw new DOMException('The user denied permission to access the database.', 'UnknownError');
    };
    Object.defineProperty(indexedDB, 'open', { value: refuse });
  }

  /** The cloud page with workers that are denied storage too. */
  async function serveDenied(denying: string): ReturnType<typeof serveSite> {
    const directory = join(projectRoot, 'test-results/site-without-storage');
    await rm(directory, { recursive: true, force: true });
    await cp(join(projectRoot, 'test-results/site-with-sdk/cloud-page'), directory, { recursive: true });
    const scripts = (await readdir(directory, { recursive: true })).filter((file) =>
      file.includes('.worker-'),
    );
    for (const script of scripts.map((file) => join(directory, file))) {
      await writeFile(script, denying + (await readFile(script, 'utf8')));
    }
    return serveSite({ directory });
  }

  test('runs the cloud in memory and says so', async ({ context }) => {
    const denying = `(${denyStorage.toString()})();`;
    const site = await serveDenied(denying);
    onTestFinished(() => site.close());
    await context.addInitScript(denying);
    const open = async (page: Page): Promise<void> => {
      await page.goto(`${site.url}/`);
      await page.waitForFunction(() => 'cloudPage' in globalThis);
    };
    const page = await context.newPage();
    await open(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', durability: 'memory' });
    expect((await stateOf(page)).message).toContain('a reload forgets everything');
    expect(await createKey(page)).toMatch(keyId);
    await reset(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', keys: 0 });
    await createKey(page);
    await open(page);
    expect(await stateOf(page)).toMatchObject({ status: 'ready', keys: 0 });
  });
});
