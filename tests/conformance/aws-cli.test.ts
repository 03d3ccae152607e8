import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { kms } from '../support/clients.ts';
import { openTestCloud } from '../support/cloud.ts';
import { bridge } from '../support/http-bridge.ts';
import { available, awsEnvironment, runProgram } from '../support/programs.ts';

/** A shell's `aws`, at the cloud's address: arguments in, what it printed out. */
async function awsCli() {
  const cloud = await openTestCloud();
  const { url, close } = await bridge(cloud);
  onTestFinished(close);
  const run = (args: string[], as = 'Ada') => aws(cloud, url, args, as);
  /** Prints one value, as a script would ask for it. */
  const value = async (args: string[], query: string) => {
    const { code, stdout, stderr } = await run([...args, '--query', query, '--output', 'text']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return stdout.trim();
  };
  return { cloud, run, value };
}

function aws(cloud: Cloud, url: string, args: string[], as: string) {
  return runProgram('aws', ['--endpoint-url', url, ...args], awsEnvironment(cloud, as));
}

describe.runIf(available('aws', ['--version']))('the AWS CLI', () => {
  test('encrypts a file under a new key, and decrypts it', { timeout: 120_000 }, async () => {
    const { value } = await awsCli();
    const folder = await mkdtemp(join(tmpdir(), 'glass-kms-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [plain, sealed] = [join(folder, 'plain.txt'), join(folder, 'sealed.bin')];
    await writeFile(plain, 'from the command line');

    const arn = await value(['kms', 'create-key', '--description', 'by hand'], 'KeyMetadata.Arn');
    await value(['kms', 'create-alias', '--alias-name', 'alias/cli', '--target-key-id', arn], '@');
    const context = ['--encryption-context', 'file=plain.txt,owner=ada'];
    const blob = await value(
      ['kms', 'encrypt', '--key-id', 'alias/cli', '--plaintext', `fileb://${plain}`, ...context],
      'CiphertextBlob',
    );
    await writeFile(sealed, Buffer.from(blob, 'base64'));
    const decrypt = ['kms', 'decrypt', '--ciphertext-blob', `fileb://${sealed}`, ...context];
    const [key, text = ''] = (await value(decrypt, '[KeyId, Plaintext]')).split(/\s+/);
    expect(Buffer.from(text, 'base64')).toEqual(await readFile(plain));
    expect(key).toBe(arn);
    expect(await value(['kms', 'list-aliases', '--key-id', arn], 'Aliases[].AliasName')).toBe('alias/cli');
  });

  test('pages through keys by itself', { timeout: 120_000 }, async () => {
    const { cloud, value } = await awsCli();
    const created: string[] = [];
    for (let count = 0; count < 3; count++) {
      created.push((await kms(cloud).createKey({})).KeyMetadata!.KeyId!);
    }
    const listed = await value(['kms', 'list-keys', '--page-size', '1'], 'Keys[].KeyId');
    expect(listed.split(/\s+/).sort()).toEqual(created.sort());
  });

  test('prints errors as it does for AWS', { timeout: 120_000 }, async () => {
    const { run } = await awsCli();
    const missing = await run(['kms', 'describe-key', '--key-id', 'alias/none']);
    expect(missing.code).not.toBe(0);
    expect(missing.stderr).toContain(
      'An error occurred (NotFoundException) when calling the DescribeKey operation: ' +
        'Alias arn:aws:kms:us-east-1:111122223333:alias/none is not found.',
    );
    const denied = await run(['kms', 'create-key'], 'Mallory');
    expect(denied.stderr).toContain(
      '(AccessDeniedException) when calling the CreateKey operation: User: arn:',
    );
  });

  test('reads the audit trail', { timeout: 120_000 }, async () => {
    const { cloud, run } = await awsCli();
    const key = (await kms(cloud).createKey({})).KeyMetadata?.KeyId;
    const { code, stdout } = await run(['cloudtrail', 'lookup-events', '--output', 'json'], 'Auditor');
    expect(code).toBe(0);
    const { Events } = JSON.parse(stdout) as { Events: { EventName: string; CloudTrailEvent: string }[] };
    const created = Events.find(({ EventName }) => EventName === 'CreateKey');
    expect(JSON.parse(created?.CloudTrailEvent ?? '{}')).toMatchObject({
      eventSource: 'kms.amazonaws.com',
      userIdentity: { type: 'IAMUser', userName: 'Ada' },
      responseElements: { keyMetadata: { keyId: key } },
    });
  });
});
