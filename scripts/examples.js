/** `npm run examples`: plays the examples anew and writes their recordings, which the site shows. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { projectRoot } from './build-site.js';

const outDir = join(projectRoot, 'test-results/examples');
await build({
  configFile: false,
  logLevel: 'warn',
  root: projectRoot,
  build: { ssr: 'examples/recording/main.ts', outDir, emptyOutDir: true, target: 'node20' },
});
await import(pathToFileURL(join(outDir, 'main.js')).href);
