/**
 * `npm run reference`: runs the unit tests, each file by itself, with a note of what it sends, and writes
 * `docs/operations.md`.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectRoot } from './build-site.js';

const folder = join(projectRoot, 'test-results/operation-coverage');
rmSync(folder, { recursive: true, force: true });
process.env.OPERATION_COVERAGE = folder;
execFileSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--isolate', '--exclude', 'tests/reference/**'],
  { stdio: 'inherit' },
);

const outDir = join(projectRoot, 'test-results/reference');
await build({
  configFile: false,
  logLevel: 'warn',
  root: projectRoot,
  build: { ssr: 'tests/reference/main.ts', outDir, emptyOutDir: true, target: 'node20' },
});
await import(pathToFileURL(join(outDir, 'main.js')).href);
