import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { mdsvex } from 'mdsvex';
import { siteVersion } from './scripts/site-version.js';

/** @type {import('@sveltejs/kit').Config} */
export default {
  extensions: ['.svelte', '.md'],
  preprocess: [vitePreprocess(), mdsvex({ extensions: ['.md'] })],
  kit: {
    adapter: adapter({ pages: process.env.BUILD_DIR ?? 'build', fallback: '404.html' }),
    version: { name: siteVersion(import.meta.dirname) },
    paths: { base: /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? '') },
    alias: { $engine: 'src/engine', $workers: 'src/workers', $lessons: 'lessons', $examples: 'examples' },
    typescript: {
      config(config) {
        const { include, exclude } = /** @type {{ include: string[]; exclude: string[] }} */ (config);
        // Programs as a learner writes them, with Node's rules; a test runs them.
        exclude.push('../src/lib/editor/examples/programs/**');
        include.push(
          '../lessons/**/*.ts',
          '../examples/**/*.ts',
          '../scripts/**/*.js',
          '../scripts/**/*.ts',
          '../*.config.ts',
          '../*.js',
          '../.*.js',
        );
      },
    },
    prerender: {
      // What stands behind the # of a link into the glass is a sight (`#example=allowed`), no element.
      handleMissingId({ path, id, message }) {
        if (!(path.includes('/glass/') && id.includes('='))) throw new Error(message);
      },
    },
    // Hashes of Kit's own inline start script go into a meta tag, so the site keeps a strict
    // policy on any plain static host, where no response headers can be set.
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'worker-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['none'],
      },
    },
  },
};
