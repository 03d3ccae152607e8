/**
 * `npm run endpoint`: bundles `src/endpoint/main.ts` into plain JavaScript, as Node 20 needs it, and runs it. The
 * bundle is kept, by the names, sizes and times of what it was made from.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(projectRoot, 'node_modules/.cache/glass-kms');

const bundle = join(cache, `endpoint-${await fingerprint()}`);
if (!existsSync(bundle)) await makeBundle(bundle);
await import(pathToFileURL(join(bundle, 'main.js')).href);

async function fingerprint() {
  const hash = createHash('sha256');
  for (const source of ['package-lock.json', 'scripts/endpoint.js']) await add(join(projectRoot, source));
  for (const folder of ['src/endpoint', 'src/engine']) {
    const entries = await readdir(join(projectRoot, folder), { recursive: true });
    for (const entry of entries.sort()) {
      if (entry.endsWith('.ts')) await add(join(projectRoot, folder, entry));
    }
  }
  return hash.digest('hex').slice(0, 16);

  /** @param {string} path */
  async function add(path) {
    const { size, mtimeMs } = await stat(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
}

/**
 * Several processes may do this at once: each makes its own, and the first has it.
 *
 * @param {string} path
 */
async function makeBundle(path) {
  const { build } = await import('vite');
  const fresh = `${path}.${process.pid}`;
  await build({
    configFile: false,
    logLevel: 'warn',
    root: projectRoot,
    build: { ssr: 'src/endpoint/main.ts', outDir: fresh, emptyOutDir: true, target: 'node20' },
  });
  for (const name of await readdir(cache)) {
    if (/^endpoint-[0-9a-f]{16}$/.test(name)) await rm(join(cache, name), { recursive: true, force: true });
  }
  await rename(fresh, path).catch(() => rm(fresh, { recursive: true, force: true }));
}
