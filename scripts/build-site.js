import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** npm runs every script in the project's folder. */
export const projectRoot = process.cwd();

/**
 * Builds a SvelteKit site in a process of its own, since Kit reads the environment and the working directory.
 *
 * @param {object} [options]
 * @param {string} [options.root] folder with the `svelte.config.js`; the project's own by default
 * @param {Record<string, string>} [options.env] such as `BASE_PATH` and `BUILD_DIR`
 * Rejects with the build's own output when it fails.
 */
export async function buildSite({ root = projectRoot, env = {} } = {}) {
  try {
    await run(process.execPath, [join(projectRoot, 'node_modules/vite/bin/vite.js'), 'build'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string; stderr?: string }} */ (error);
    throw new Error(`The build of ${root} failed.\n${stdout}\n${stderr}`, { cause: error });
  }
}
