/** `npm run fuzz -- [count] [seed]`: bundles `tests/fuzz/main.ts` into plain JavaScript, as Node 20 needs it, and runs it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectRoot } from './build-site.js';

const outDir = join(projectRoot, 'test-results/fuzz');
await build({
  configFile: false,
  logLevel: 'warn',
  root: projectRoot,
  build: { ssr: 'tests/fuzz/main.ts', outDir, emptyOutDir: true, target: 'node20' },
});
await import(pathToFileURL(join(outDir, 'main.js')).href);
