import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the site is made from, in the project's folder. */
export const siteSources = [
  'src',
  'lessons',
  'examples',
  'static',
  'scripts',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
];

/**
 * A name for the site as it would be built now: the same for the same sources. Kit's own is the time, and each process
 * that reads the configuration (a build, a test run, a type check) writes its own into files that all of them share; a
 * build beside another then makes pages that do not know their own scripts.
 *
 * @param {string} root the project's folder
 * @returns {string} 16 hexadecimal digits
 */
export function siteVersion(root) {
  const hash = createHash('sha256');
  for (const source of siteSources) add(join(root, source), source);
  return hash.digest('hex').slice(0, 16);

  /** @param {string} path @param {string} name */
  function add(path, name) {
    if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).sort()) add(join(path, entry), `${name}/${entry}`);
    } else {
      hash.update(`${name}\n`).update(readFileSync(path));
    }
  }
}
