import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ask, kmsAt, runEndpoint, startEndpoint } from '../support/endpoint.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

// Each test starts a process or two.
vi.setConfig({ testTimeout: 30_000 });

const secret = new TextEncoder().encode('secret');

describe('an open endpoint', () => {
  test('serves the SDK with any credentials, in every Region, and founds anew when told', async () => {
    const { url, complaints } = await startEndpoint('--account', '444455556666');
    for (const region of ['us-east-1', 'eu-central-1']) {
      const kms = kmsAt(url, { region });
      const { KeyMetadata } = await kms.createKey({});
      expect(KeyMetadata?.Arn).toMatch(new RegExp(`^arn:aws:kms:${region}:444455556666:key/`));
      const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext: secret });
      expect((await kms.decrypt({ CiphertextBlob })).Plaintext).toEqual(secret);
      expect((await kms.listKeys({})).Keys).toHaveLength(1);
    }
    expect(await ask(url, 'health')).toMatchObject({ status: 'ok', keys: 2 });
    expect(await ask(url, 'reset', {})).toEqual({ httpStatus: 200 });
    expect((await kmsAt(url).listKeys({})).Keys).toEqual([]);
    expect(complaints()).toBe('');
  });

  test('goes on when a client hangs up while it is busy with something else', async () => {
    const { url } = await startEndpoint();
    const resetting = ask(url, 'reset', {});
    const { port } = new URL(url);
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect(Number(port), '127.0.0.1');
        await once(socket, 'connect');
        socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc');
        socket.destroy();
      }),
    );
    expect(await resetting).toEqual({ httpStatus: 200 });
    expect(await ask(url, 'health')).toMatchObject({ status: 'ok' });
  });

  test('tells its secrets under no name but this machine’s', async () => {
    const { url } = await startEndpoint();
    const { port } = new URL(url);
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ port, path: '/_glass/identities', headers: { Host: host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`evil.example:${port}`)).toBe(403);
  });

  test('refuses who does not say who they are', async () => {
    const { url } = await startEndpoint();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'TrentService.ListKeys' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  test('has its clock moved forward, never back, and not by web pages', async () => {
    const { url } = await startEndpoint();
    const before = Date.parse((await ask(url, 'clock'))['now'] as string);
    const moved = await ask(url, 'clock', { advanceSeconds: 400 * 86_400 });
    expect(Date.parse(moved['now'] as string) - before).toBeGreaterThanOrEqual(400 * 86_400_000);
    // Signatures are by the machine's clock, so the SDK works on.
    const { KeyMetadata } = await kmsAt(url).createKey({});
    expect(KeyMetadata!.CreationDate!.getTime() - before).toBeGreaterThanOrEqual(400 * 86_400_000);
    expect(await ask(url, 'clock', { to: '2000-01-01T00:00:00Z' })).toEqual({
      httpStatus: 400,
      message: 'The clock of a cloud can only be moved forward.',
    });
    expect(await ask(url, 'clock', { to: 'noon' })).toMatchObject({ httpStatus: 400 });
    const fromPage = await fetch(`${url}/_glass/clock`, { headers: { Origin: 'https://example.org' } });
    expect(fromPage.status).toBe(403);
    expect((await ask(url, 'explode')).httpStatus).toBe(404);
  });

  test('has its clock moved to no time after the year 2200', async () => {
    const { url } = await startEndpoint();
    const tooFar = { httpStatus: 400, message: 'The clock of a cloud goes as far as the year 2200.' };
    expect(await ask(url, 'clock', { to: '2201-01-01T00:00:00Z' })).toEqual(tooFar);
    expect(await ask(url, 'clock', { advanceSeconds: 1e300 })).toEqual(tooFar);
    const { now } = await ask(url, 'clock');
    expect(Date.parse(now as string)).toBeLessThan(Date.UTC(2200, 0, 1));
    expect(await ask(url, 'health')).toMatchObject({ status: 'ok' });
  });

  test('plays the hypervisor of an enclave', async () => {
    const { url } = await startEndpoint();
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const { document } = await ask(url, 'attestation', {
      pcrs: { 0: 'ab'.repeat(48) },
      publicKey: spki.toString('base64'),
    });
    const kms = kmsAt(url);
    const { KeyMetadata } = await kms.createKey({});
    const answer = await kms.generateDataKey({
      KeyId: KeyMetadata?.KeyId,
      KeySpec: 'AES_256',
      Recipient: {
        AttestationDocument: new Uint8Array(Buffer.from(document as string, 'base64')),
        KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      },
    });
    expect(answer.Plaintext ?? new Uint8Array()).toHaveLength(0);
    expect(answer.CiphertextForRecipient?.length).toBeGreaterThan(256);
  });
});

describe('a strict endpoint', () => {
  const accessKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' };
  const scenario = {
    version: 1,
    clock: { start: '2030-01-01T00:00:00Z', pace: 'still' },
    accounts: [
      {
        accountId: '777788889999',
        principals: [
          {
            type: 'User',
            name: 'Reader',
            policies: [
              {
                name: 'Read',
                document: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Allow', Action: 'kms:Describe*', Resource: '*' }],
                },
              },
            ],
            accessKeys: [accessKey],
          },
        ],
        keys: [{ region: 'eu-west-1', aliases: ['alias/there'], description: 'from the scenario' }],
      },
    ],
  };

  test('holds callers to their secrets and policies', async () => {
    const file = join(await temporaryDirectory(), 'scenario.json');
    await writeFile(file, JSON.stringify(scenario));
    const { url } = await startEndpoint('--auth', 'strict', '--scenario', file);
    const at = (credentials: typeof accessKey) => kmsAt(url, { region: 'eu-west-1' }, credentials);
    const { KeyMetadata } = await at(accessKey).describeKey({ KeyId: 'alias/there' });
    expect(KeyMetadata).toMatchObject({
      AWSAccountId: '777788889999',
      Description: 'from the scenario',
      CreationDate: new Date('2030-01-01T00:00:00Z'),
    });
    await expect(at(accessKey).createKey({})).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(at({ ...accessKey, secretAccessKey: 'other' }).listKeys({})).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    await expect(kmsAt(url).listKeys({})).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const { identities } = await ask(url, 'identities');
    expect(identities).toMatchObject([{ name: 'root' }, { name: 'Reader', credentials: accessKey }]);
  });

  test('does not start with a scenario that is wrong, and says where', async () => {
    const file = join(await temporaryDirectory(), 'scenario.json');
    await writeFile(
      file,
      JSON.stringify({ ...scenario, accounts: [{ ...scenario.accounts[0], accountId: '7' }] }),
    );
    expect(await runEndpoint('--scenario', file)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'The scenario is not valid.\n  accounts[0].accountId: An account id has 12 digits, in quotation marks.\n',
    });
  });
});

test('a seed makes the same key of the same requests', async () => {
  const ids: (string | undefined)[] = [];
  for (let run = 0; run < 2; run++) {
    const { url } = await startEndpoint('--seed', 'lesson 7');
    ids.push((await kmsAt(url).createKey({})).KeyMetadata?.KeyId);
  }
  expect(ids[0]).toBe(ids[1]);
});

describe('the command line', () => {
  test.each([
    [['--port', 'x'], '--port takes a number from 0 to 65535, not "x".\n'],
    [['--account', '12'], '--account takes twelve digits, not "12".\n'],
    [['--auth', 'closed'], '--auth takes open or strict, not "closed".\n'],
    [['--colour'], "Unknown option '--colour'"],
    [['--data', ''], '--data needs a value.\n'],
    [['--scenario', '/nonexistent'], 'The scenario cannot be read: ENOENT'],
  ])('%j is explained', async (flags, words) => {
    const { code, stdout, stderr } = await runEndpoint(...flags);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.startsWith(words)).toBe(true);
  });

  test('tells how it is used', async () => {
    const { code, stdout } = await runEndpoint('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('--scenario FILE');
  });

  test('a port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { code, stderr } = await runEndpoint('--port', String((server.address() as AddressInfo).port));
    expect([code, stderr]).toEqual([
      1,
      'The port is taken. Stop what uses it, or choose another: --port 0\n',
    ]);
  });
});
