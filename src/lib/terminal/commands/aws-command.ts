import { defineCommand, type CustomCommand } from 'just-bash/browser';
import type { Identity } from '$engine/observation.ts';
import type { Door } from '$lib/cloud/signed-client.ts';
import { bytesOfText } from './bytes.ts';

/** Whom `aws` asks, and as whom, where nothing else is said. */
export interface AwsSurroundings {
  identities: readonly Identity[];
  principal: Identity | undefined;
  region: string;
  columns: number;
}

/** `aws` in the shell; its code is fetched when it is first used. */
export function awsCommand(door: Door, surroundings: () => AwsSurroundings): CustomCommand {
  return defineCommand('aws', async (args, { fs, cwd, stdin, exportedEnv = {} }) => {
    const { runAws } = await import('../aws/aws.ts');
    return runAws(args, {
      ...surroundings(),
      door,
      env: exportedEnv,
      readFile: async (path) => {
        if (path === '/dev/stdin') return bytesOfText(stdin);
        const absolute = fs.resolvePath(cwd, path.replace(/^~(?=\/|$)/, exportedEnv['HOME'] ?? '~'));
        const stat = await fs.stat(absolute).catch(() => undefined);
        if (!stat) throw fault('ENOENT', `No such file or directory: ${path}`);
        if (stat.isDirectory) throw fault('EISDIR', `Is a directory: ${path}`);
        return fs.readFileBuffer(absolute);
      },
    });
  });
}

function fault(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
