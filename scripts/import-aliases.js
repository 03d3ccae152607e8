/**
 * The import aliases of `svelte.config.js` for dependency-cruiser, which takes them in the form of a webpack
 * configuration only.
 */
import { fileURLToPath } from 'node:url';

/** @param {string} path */
const from = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export default {
  resolve: {
    alias: {
      $lib: from('src/lib'),
      $engine: from('src/engine'),
      $workers: from('src/workers'),
      $lessons: from('lessons'),
      $examples: from('examples'),
    },
  },
};
