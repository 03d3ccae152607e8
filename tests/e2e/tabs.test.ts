/** One cloud for all tabs, which outlives each of them. */
import { describe, expect } from 'vitest';
import {
  createKey,
  endWorker,
  goToCloud,
  listKeys,
  openTab,
  stateOf,
  test,
  waitForOwnWorkers,
} from './cloud-page.ts';

const keyId = /^[0-9a-f-]{36}$/;

describe('several tabs', () => {
  test('share one cloud: same principals, same keys, each other’s requests', async ({ context }) => {
    const one = await openTab(context);
    const other = await openTab(context);
    expect(one.workers()).toHaveLength(2);
    expect(other.workers()).toHaveLength(0);
    const id = await createKey(other);
    expect(id).toMatch(keyId);
    expect(await listKeys(one)).toEqual([id]);
    await expect.poll(() => stateOf(other)).toMatchObject({ recent: ['CreateKey', 'ListKeys'], keys: 1 });
    expect(await stateOf(one)).toEqual(await stateOf(other));
    expect((await stateOf(one)).durability).toBe('durable');
  });

  test('a tab that comes later sees what was asked before it came', async ({ context }) => {
    const one = await openTab(context);
    await createKey(one);
    await listKeys(one);
    expect((await stateOf(await openTab(context))).recent).toEqual(['CreateKey', 'ListKeys']);
  });

  test('when the tab that runs the cloud is closed, another goes on with it', async ({ context }) => {
    const [one, other, third] = [await openTab(context), await openTab(context), await openTab(context)];
    const before = await createKey(one);
    await one.close();
    const after = await createKey(other);
    expect(await listKeys(third)).toEqual(expect.arrayContaining([before, after]));
    await expect.poll(() => other.workers().length + third.workers().length).toBe(2);
    expect((await stateOf(third)).people).toEqual((await stateOf(other)).people);
  });

  test('requests under way then fail as on a broken network, and clients that retry succeed', async ({
    context,
  }) => {
    const [one, other] = [await openTab(context), await openTab(context)];
    const slow = other.evaluate(async () => {
      const input = { KeySpec: 'RSA_3072', KeyUsage: 'SIGN_VERIFY' } as const;
      const made = await Promise.all(
        Array.from({ length: 3 }, () => globalThis.cloudPage.kms.call('CreateKey', input)),
      );
      return { ids: made.map(({ KeyMetadata }) => KeyMetadata?.KeyId), broken: globalThis.cloudPage.broken };
    });
    await one.close();
    const { ids, broken } = await slow;
    expect(new Set(ids).size).toBe(3);
    expect(new Set(broken)).toEqual(new Set(['TypeError: Failed to fetch']));
  });

  test.for(['engine', 'hsm'] as const)(
    'when the %s worker dies, both start anew',
    async (name, { context }) => {
      const [one, other] = [await openTab(context), await openTab(context)];
      const before = await createKey(other);
      await endWorker(one, name);
      const after = await createKey(other);
      expect(after).toMatch(keyId);
      expect(await listKeys(one)).toEqual(expect.arrayContaining([before, after]));
      await expect.poll(() => stateOf(one)).toMatchObject({ status: 'ready', keys: 2 });
    },
  );

  test('a reset is for all', async ({ context }) => {
    const [one, other] = [await openTab(context), await openTab(context)];
    await createKey(one);
    const before = await stateOf(one);
    const secrets = () => one.evaluate(() => globalThis.cloudPage.cloud.identities);
    const oldSecrets = await secrets();
    await other.evaluate(() => globalThis.cloudPage.cloud.reset());
    for (const tab of [one, other]) {
      await expect
        .poll(() => stateOf(tab))
        .toEqual({ ...before, keys: 0, tokens: [0, 0, 0], records: 0, recent: [] });
    }
    expect(await secrets()).not.toEqual(oldSecrets);
    expect(await createKey(one)).toMatch(keyId);
  });
});

describe('a page that is put away into the back/forward cache', () => {
  test('leaves the cloud to other tabs, and joins again when it is shown', async ({ context }) => {
    const [one, other] = [await openTab(context), await openTab(context)];
    const before = await createKey(one);
    // Chromium does not cache pages with Web Locks, so the events are made here as other browsers make them.
    const transition = (type: string) =>
      one.evaluate((name) => dispatchEvent(new PageTransitionEvent(name, { persisted: true })), type);
    await transition('pagehide');
    await waitForOwnWorkers(other);
    expect(await listKeys(other)).toEqual([before]);
    expect(one.workers()).toEqual([]);
    await transition('pageshow');
    expect(await listKeys(one)).toEqual([before]);
    expect(one.workers()).toEqual([]);
  });
});

describe('an engine that cannot be loaded', () => {
  test('is told in all tabs, any of which may try again', async ({ context }) => {
    const engine = /\/engine\.worker/;
    await context.route(engine, (route) => route.abort());
    const [one, other] = [await openTab(context), await openTab(context)];
    for (const tab of [one, other]) {
      await expect.poll(() => stateOf(tab)).toMatchObject({ status: 'failed' });
      expect((await stateOf(tab)).message).toContain('The engine could not be loaded.');
    }
    await context.unroute(engine);
    await other.evaluate(() => globalThis.cloudPage.cloud.retry());
    for (const tab of [one, other]) {
      await expect.poll(() => stateOf(tab)).toMatchObject({ status: 'ready', message: undefined });
    }
    expect(await createKey(other)).toMatch(keyId);
  });
});

describe('a reload', () => {
  test('keeps keys, aliases, ciphertext and the audit trail', async ({ context }) => {
    const page = await openTab(context);
    const blob = await page.evaluate(async () => {
      const { kms } = globalThis.cloudPage;
      const { KeyMetadata } = await kms.call('CreateKey', {});
      await kms.call('CreateAlias', { AliasName: 'alias/kept', TargetKeyId: KeyMetadata?.KeyId });
      const Plaintext = new TextEncoder().encode('kept');
      const { CiphertextBlob } = await kms.call('Encrypt', { KeyId: 'alias/kept', Plaintext });
      return [...(CiphertextBlob ?? [])];
    });
    const people = (await stateOf(page)).people;
    await page.reload();
    await goToCloud(page);
    const kept = await page.evaluate(async (bytes) => {
      const { kms, trail } = globalThis.cloudPage;
      const { Plaintext } = await kms.call('Decrypt', { CiphertextBlob: new Uint8Array(bytes) });
      const { KeyMetadata } = await kms.call('DescribeKey', { KeyId: 'alias/kept' });
      const { Events } = await trail.lookupEvents();
      return {
        text: new TextDecoder().decode(Plaintext),
        created: KeyMetadata?.CreationDate instanceof Date,
        events: Events.map(({ EventName }) => EventName),
      };
    }, blob);
    expect(kept).toMatchObject({ text: 'kept', created: true });
    expect(kept.events).toEqual(['DescribeKey', 'Decrypt', 'Encrypt', 'CreateAlias', 'CreateKey']);
    expect((await stateOf(page)).people).toEqual(people);
  });
});
