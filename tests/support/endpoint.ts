import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { KMS, type KMSClientConfig } from '@aws-sdk/client-kms';
import { onTestFinished } from 'vitest';
import { projectRoot } from '../../scripts/build-site.js';

const script = join(projectRoot, 'scripts/endpoint.js');

/** `npm run endpoint` as a process of its own. */
export interface RunningEndpoint {
  url: string;
  process: ChildProcess;
  /** Sends a signal, and resolves with the exit code, or the signal's name where it has none. */
  stop: (signal?: NodeJS.Signals) => Promise<number | string>;
  /** What it has said on stderr so far. */
  complaints: () => string;
}

/** Starts one on a free port, and waits until it says that it listens. It is gone when the test is over. */
export async function startEndpoint(...flags: string[]): Promise<RunningEndpoint> {
  const child = spawn(process.execPath, [script, '--port', '0', ...flags], { cwd: '/' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { output, whenSaid } = listenTo(child);
  const url = await whenSaid(/^Glass KMS listening on (http:\/\/127\.0\.0\.1:\d+)\n$/);
  return {
    url,
    process: child,
    complaints: () => output.stderr,
    async stop(signal = 'SIGTERM') {
      const ended = once(child, 'exit') as Promise<[number | null, string]>;
      child.kill(signal);
      const [code, by] = await ended;
      return code ?? by;
    },
  };
}

/** Runs one that is expected to end by itself. */
export async function runEndpoint(
  ...flags: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [script, ...flags], { cwd: projectRoot });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { output } = listenTo(child);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

function listenTo(child: ChildProcess) {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  }
  const whenSaid = (words: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = words.exec(output.stdout)?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', look);
      child.on('exit', () => reject(new Error(`The endpoint has ended. ${output.stderr}`)));
    });
  return { output, whenSaid };
}

/** The SDK as anybody would set it up for an emulator. */
export function kmsAt(
  url: string,
  config: KMSClientConfig = {},
  credentials = { accessKeyId: 'any', secretAccessKey: 'any' },
): KMS {
  // The SDK writes into the credentials that it is given.
  const client = new KMS({
    endpoint: url,
    region: 'us-east-1',
    credentials: { ...credentials },
    ...config,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** Asks the endpoint itself, at `/_glass/…`. */
export async function ask(
  url: string,
  name: string,
  input?: object,
): Promise<{ httpStatus: number } & Record<string, unknown>> {
  const response = await fetch(
    `${url}/_glass/${name}`,
    input && { method: 'POST', body: JSON.stringify(input) },
  );
  return { ...((await response.json()) as Record<string, unknown>), httpStatus: response.status };
}
