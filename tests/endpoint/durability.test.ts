import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kmsAt, runEndpoint, startEndpoint } from '../support/endpoint.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('a cloud in a directory', () => {
  test('keeps every write that it has acknowledged when it is killed, and the keys work', async () => {
    const data = join(await temporaryDirectory(), 'data');
    const first = await startEndpoint('--data', data);
    const kms = kmsAt(first.url, { maxAttempts: 1 });
    const KeyId = (await kms.createKey({})).KeyMetadata!.KeyId!;
    const plaintext = new TextEncoder().encode('before the crash');
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: plaintext });

    const acknowledged: string[] = [];
    let count = 0;
    const writer = async () => {
      for (;;) {
        const AliasName = `alias/number-${count++}`;
        await kms.createAlias({ AliasName, TargetKeyId: count % 40 === 0 ? KeyId : await newKey() });
        acknowledged.push(AliasName);
      }
    };
    const newKey = async () => (await kms.createKey({})).KeyMetadata!.KeyId!;
    const writers = [writer(), writer(), writer(), writer()].map((one) => one.catch(() => undefined));
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(40);
    expect(await first.stop('SIGKILL')).toBe('SIGKILL');
    await Promise.all(writers);

    const second = await startEndpoint('--data', data);
    const again = kmsAt(second.url);
    const kept = new Set<string>();
    let Marker: string | undefined;
    do {
      const page = await again.listAliases({ Limit: 100, ...(Marker !== undefined && { Marker }) });
      for (const { AliasName = '' } of page.Aliases ?? []) {
        // AWS's own are listed, too.
        if (AliasName.startsWith('alias/number-')) kept.add(AliasName);
      }
      Marker = page.NextMarker;
    } while (Marker !== undefined);
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
    // Each of the four may have been about to say so, of one more.
    expect(kept.size - acknowledged.length).toBeLessThanOrEqual(4);
    expect((await again.decrypt({ CiphertextBlob })).Plaintext).toEqual(plaintext);
    expect(await second.stop()).toBe(0);
  }, 60_000);

  test('stops cleanly, stays the same, and is for one process at a time', async () => {
    const data = join(await temporaryDirectory(), 'data');
    const first = await startEndpoint('--data', data, '--account', '444455556666');
    const { KeyMetadata } = await kmsAt(first.url).createKey({ Description: 'stays' });
    const refused = await runEndpoint('--port', '0', '--data', data);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`Process ${first.process.pid} works with this data already.`);
    expect(await first.stop()).toBe(0);
    expect(first.complaints()).toBe('');

    const second = await startEndpoint('--data', data, '--seed', 'too late');
    const found = await kmsAt(second.url).describeKey({ KeyId: KeyMetadata?.KeyId });
    expect(found.KeyMetadata).toMatchObject({ AWSAccountId: '444455556666', Description: 'stays' });
    expect(second.complaints()).toContain('holds a cloud already');
    expect(await second.stop('SIGINT')).toBe(0);
  }, 30_000);

  test('answers what is under way before it stops', async () => {
    const { url, stop } = await startEndpoint();
    const kms = kmsAt(url, { maxAttempts: 1 });
    await kms.listKeys({});
    const created = kms.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const stopped = stop();
    expect((await created).KeyMetadata?.KeySpec).toBe('RSA_2048');
    expect(await stopped).toBe(0);
  }, 30_000);
});
