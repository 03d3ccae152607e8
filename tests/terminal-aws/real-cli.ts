/** The AWS CLI v2 of this machine, if it has one. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { operations } from '$lib/operations/operations.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { paginators, serviceModel } from './service-model.ts';
import { files, type Answer } from './play.ts';

/** The Python in which it is installed: Debian's own has version 2, where `pip` brings version 1. */
const pythons = ['/usr/bin/python3', 'python3'];
const sayVersion = 'import awscli; print(awscli.__version__)';

/** The Python that has it, and its version. `undefined` where there is no AWS CLI v2. */
export function findCli(): { python: string; version: string } | undefined {
  for (const python of pythons) {
    const { stdout } = spawnSync(python, ['-c', sayVersion], { encoding: 'utf8' });
    // Where there is no such program, there is no output either.
    const version = (stdout as string | null)?.trim() ?? '';
    if (version.startsWith('2.')) return { python, version };
  }
  return undefined;
}

export interface RealCli {
  run: (words: readonly string[]) => Promise<Answer>;
  /** The same by a process of its own. */
  runProgram: (words: readonly string[]) => Answer;
  close: () => Promise<void>;
}

/** Prepares its configuration and files in `folder`, and starts it. */
export function startRealCli(python: string, cloud: Cloud, url: string, folder: string): RealCli {
  const env = environment(cloud, folder);
  const child = spawn(python, [join(import.meta.dirname, 'real_cli.py')], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify({ env })}\n`);
  const whole = (words: readonly string[]): string[] =>
    words.some((word) => /^(kms|sts|cloudtrail)$/.test(word))
      ? [...words, '--endpoint-url', url]
      : [...words];
  return {
    async run(words) {
      child.stdin.write(`${JSON.stringify(whole(words))}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The AWS CLI has ended.');
      return JSON.parse(value) as Answer;
    },
    runProgram(words) {
      const program = 'import sys; sys.argv[0] = "aws"; from awscli.clidriver import main; sys.exit(main())';
      const { stdout, stderr, status } = spawnSync(python, ['-c', program, ...whole(words)], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      return { stdout, stderr, code: status ?? -1 };
    },
    async close() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

function environment(cloud: Cloud, folder: string): Record<string, string> {
  const model = join(folder, 'models/kms/2014-11-01');
  mkdirSync(model, { recursive: true });
  writeFileSync(join(model, 'service-2.json'), JSON.stringify(serviceModel(operations)));
  writeFileSync(join(model, 'paginators-1.json'), JSON.stringify(paginators(operations)));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, 'credentials'), profiles(cloud));
  writeFileSync(join(folder, 'config'), '[default]\nregion = us-east-1\n');
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TZ: 'UTC',
    AWS_DATA_PATH: join(folder, 'models'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    LC_ALL: 'C.UTF-8',
  };
}

/** The principals as profiles; the default one is Ada. */
function profiles(cloud: Cloud): string {
  const identities = cloud.identities();
  const ada = identities.find(({ name }) => name === 'Ada')!;
  return [{ ...ada, name: 'default' }, ...identities]
    .map(({ name, credentials: { accessKeyId, secretAccessKey, sessionToken } }) =>
      [
        `[${name}]`,
        `aws_access_key_id = ${accessKeyId}`,
        `aws_secret_access_key = ${secretAccessKey}`,
        ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`]),
        '',
      ].join('\n'),
    )
    .join('\n');
}
