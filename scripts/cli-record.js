/** `npm run cli:record`: asks the AWS CLI v2 of this machine for `tests/terminal-aws/recorded.json` anew. */
import { execFileSync } from 'node:child_process';

execFileSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'tests/terminal-aws/fidelity.test.ts', '-t', 'records'],
  {
    stdio: 'inherit',
    env: { ...process.env, RECORD_CLI: 'yes' },
  },
);
