import { execFile, spawnSync } from 'node:child_process';
import type { Cloud } from '../../src/engine/cloud.ts';
import { identity, region } from './clients.ts';

/** Whether a program of this machine can be run with these arguments. */
export function available(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

/** Environment of a program that acts as one of the cloud's principals, whatever the machine has configured. */
export function awsEnvironment(cloud: Cloud, name: string): NodeJS.ProcessEnv {
  const { accessKeyId, secretAccessKey, sessionToken } = identity(cloud, name).credentials;
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

/** Runs a program to its end; its failing is a result, too. */
export function runProgram(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number')
        reject(new Error(`${program} did not run.`, { cause: error }));
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
