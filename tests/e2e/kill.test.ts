/**
 * The tab, its process or the engine's worker is killed at random moments during writes. What was acknowledged is
 * there afterwards and works, and nothing is half-written. `KILLS` says how often; a hundred by hand, fewer here.
 */
import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { endWorker, listKeys, openTab, stateOf, test, waitForOwnWorkers } from './cloud-page.ts';

const kills = Number(process.env.KILLS ?? 8);

/** What the cloud has answered to a writer, told to the test at once. */
interface Acknowledged {
  keyId: string;
  alias?: string;
  blob?: number[];
}

declare global {
  /** Tells a writer that is still alive to stop. */
  var isEnough: boolean | undefined;
  var acknowledge: (answer: Acknowledged) => Promise<void>;
}

const ways: { way: string; kill: (page: Page) => Promise<void> }[] = [
  { way: 'the process crashes', kill: crash },
  { way: 'the tab is closed', kill: (page) => page.close() },
  { way: 'the engine’s worker ends', kill: (page) => endWorker(page, 'engine') },
  { way: 'the module’s worker ends', kill: (page) => endWorker(page, 'hsm') },
];

describe('killed at random moments during writes', () => {
  test.for(ways)(
    `$way, ${Math.ceil(kills / ways.length)} times`,
    { timeout: 240_000 },
    async ({ kill }, { context }) => {
      const acknowledged: Acknowledged[] = [];
      await context.exposeFunction('acknowledge', (answer: Acknowledged) => void acknowledged.push(answer));

      let page = await openTab(context);
      // On a busy machine little is acknowledged before the blow falls: then it goes on until there is enough to look for.
      for (let count = 0; count < kills / ways.length || acknowledged.length <= 16; count++) {
        await waitForOwnWorkers(page);
        const writing = page.evaluate(write).catch(() => {});
        // The moment is random: it need not be the same in each run, for whatever it is, all must be well.
        await page.waitForTimeout(20 + Math.random() * 300);
        await kill(page);
        // Where the tab lives on, its writer goes on too, with the next engine.
        await page.evaluate(() => (globalThis.isEnough = true)).catch(() => {});
        const next = await openTab(context);
        await expectSound(next);
        await page.close();
        await writing;
        page = next;
      }
      await expectAllThere(page, acknowledged);
    },
  );
});

/** Writes as fast as it can, several requests at a time, until it is killed. */
async function write(): Promise<void> {
  const { kms } = globalThis.cloudPage;
  const { acknowledge } = globalThis;
  async function writeOn(): Promise<void> {
    while (!globalThis.isEnough) {
      const { KeyMetadata } = await kms.call('CreateKey', {});
      const keyId = KeyMetadata?.KeyId ?? '';
      void acknowledge({ keyId });
      const alias = `alias/${keyId}`;
      await kms.call('CreateAlias', { AliasName: alias, TargetKeyId: keyId });
      void acknowledge({ keyId, alias });
      const Plaintext = new TextEncoder().encode(keyId);
      const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: alias, Plaintext });
      void acknowledge({ keyId, blob: [...(CiphertextBlob ?? [])] });
    }
  }
  await Promise.all([writeOn(), writeOn(), writeOn()]);
}

/** Each key has its sealed key in each zone, and each record that a commit wrote stands beside the others. */
async function expectSound(page: Page): Promise<void> {
  const { status, message, keys = 0, tokens } = await stateOf(page);
  expect({ status, message }).toEqual({ status: 'ready', message: undefined });
  expect(tokens).toEqual([keys, keys, keys]);
}

async function expectAllThere(page: Page, acknowledged: Acknowledged[]): Promise<void> {
  const kept = await listKeys(page);
  expect(kept).toEqual(expect.arrayContaining([...new Set(acknowledged.map(({ keyId }) => keyId))]));

  const wrong = await page.evaluate(async (answers) => {
    const { kms } = globalThis.cloudPage;
    const faults: string[] = [];
    const expectEqual = (found: string | undefined, wanted: string): void => {
      if (found !== wanted) faults.push(`${wanted}: ${found}`);
    };
    await Promise.all(
      answers.map(async ({ keyId, alias, blob }) => {
        if (alias) expectEqual((await kms.call('DescribeKey', { KeyId: alias })).KeyMetadata?.KeyId, keyId);
        if (!blob) return;
        const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob: new Uint8Array(blob) });
        expectEqual(new TextDecoder().decode(Plaintext), keyId);
      }),
    );
    return faults;
  }, acknowledged);
  expect(wrong).toEqual([]);

  // Also those whose writer did not live to hear of them: half a key would not encrypt.
  const broken = await page.evaluate(async (ids) => {
    const { kms } = globalThis.cloudPage;
    const Plaintext = new Uint8Array([1]);
    const tried = await Promise.allSettled(ids.map((KeyId) => kms.call('Encrypt', { KeyId, Plaintext })));
    return tried.filter(({ status }) => status === 'rejected').length;
  }, kept);
  expect(broken).toBe(0);
}

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // It has nobody left to answer.
  session.send('Page.crash').catch(() => {});
  await crashed;
}
