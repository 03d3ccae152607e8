/**
 * `npm start`: builds the site and serves it on this machine alone.
 * `PORT` and `BASE_PATH` in the environment change where.
 */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildSite, projectRoot } from './build-site.js';
import { serveSite } from './static-server.js';

const port = Number(process.env.PORT ?? 4173);
const base = process.env.BASE_PATH ?? '';

try {
  await assertFree(port);
  console.log('Building …');
  await buildSite();
  await serveSite({ directory: join(projectRoot, 'build'), base, port, hosts: ['127.0.0.1', '::1'] });
  console.log(`Glass KMS is at http://localhost:${port}${base}/ (Ctrl+C stops it)`);
} catch (error) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  console.error(
    code === 'EADDRINUSE'
      ? `Port ${port} is taken by another program. Stop that one, or choose another: PORT=4174 npm start`
      : message,
  );
  process.exitCode = 1;
}

/**
 * Better to hear of a taken port before the build than after it.
 *
 * @param {number} port
 * @returns {Promise<void>}
 */
function assertFree(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
