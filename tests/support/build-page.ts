import { svelte } from '@sveltejs/vite-plugin-svelte';
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '../../scripts/build-site.js';

/**
 * Builds a page that exists for tests alone, with the bundler, the aliases and the workers of the site.
 * `root` holds its `index.html`; nothing of it gets into the site itself.
 */
export async function buildPage(root: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    mode: 'production',
    root,
    base: './',
    plugins: [svelte({ configFile: false })],
    resolve: {
      alias: {
        $engine: join(projectRoot, 'src/engine'),
        $lib: join(projectRoot, 'src/lib'),
        $workers: join(projectRoot, 'src/workers'),
        // The AWS Encryption SDK’s ASN.1 reader wants Node's Buffer, which webpack 4 used to add by itself.
        buffer: join(projectRoot, 'node_modules/buffer/index.js'),
      },
    },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4096 },
  });
}
