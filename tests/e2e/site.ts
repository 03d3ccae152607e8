import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/build-site.js';

/** Paths of all prerendered pages of the built site, such as `/` and `/glass/`. */
export function sitePages(): string[] {
  const build = join(projectRoot, 'build');
  return (
    readdirSync(build, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      // The sandbox's frame is no page for people.
      .filter((file) => file.endsWith('.html') && file !== '404.html' && !file.startsWith('_app/'))
      .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`)
      .sort()
  );
}
