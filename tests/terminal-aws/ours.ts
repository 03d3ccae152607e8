import { runAws } from '$lib/terminal/aws/aws.ts';
import type { Cloud } from '../../src/engine/cloud.ts';
import { files, type Answer } from './play.ts';

/** The terminal's `aws` on a cloud. */
export function ours(cloud: Cloud): (words: readonly string[]) => Promise<Answer> {
  return async (words) => {
    const identities = cloud.identities();
    const { stdout, stderr, exitCode } = await runAws(words, {
      door: cloud,
      identities,
      principal: identities.find(({ name }) => name === 'Ada'),
      region: 'us-east-1',
      env: { HOME: '/home/learner' },
      readFile: async (path) => {
        const bytes = files[path];
        if (bytes) return bytes;
        const code = path === '.' ? 'EISDIR' : 'ENOENT';
        throw Object.assign(new Error(`There is no ${path}`), { code });
      },
    });
    return { stdout, stderr, code: exitCode };
  };
}
