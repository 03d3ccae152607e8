/**
 * Vite plugin: `virtual:sandbox`, the addresses of the files that the code editor's sandbox is made of, and of the type
 * declarations that its programs are checked against. They are built once, when the module is first asked for.
 *
 * - the frame's page, with its script inside and a policy that lets this script run and no other;
 * - the worker's script, and the libraries' bundles, which the page hands into the sandbox as text;
 * - the declarations.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { collectDeclarations } from './sandbox-declarations.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const id = 'virtual:sandbox';
const resolvedId = `\0${id}`;
const sources = join(root, 'src/lib/editor/sandbox');
const libraries = ['@aws-sdk/client-kms', '@aws-crypto/client-browser'];
const cache = join(root, 'node_modules/.cache/glass-kms/sandbox');

/** @type {Promise<string> | undefined} */
let made;

/** @returns {import('vite').Plugin} */
export function sandboxPlugin() {
  return {
    name: 'sandbox',
    resolveId: (source) => (source === id ? resolvedId : undefined),
    async load(loaded) {
      if (loaded !== resolvedId) return undefined;
      return { code: await (made ??= make()), moduleType: 'js' };
    },
    handleHotUpdate: ({ file, server }) => {
      if (!file.startsWith(sources)) return;
      made = undefined;
      const module = server.moduleGraph.getModuleById(resolvedId);
      if (module) server.moduleGraph.invalidateModule(module);
    },
  };
}

/** What the files follow from: as long as it is the same, they are. */
function originsOf() {
  const hash = createHash('sha256');
  const own = ['sandbox-plugin.js', 'sandbox-declarations.js'].map((name) => join(root, 'scripts', name));
  const inside = readdirSync(sources, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(sources, name),
  );
  for (const path of [join(root, 'package-lock.json'), ...own, ...inside.sort()])
    if (statSync(path).isFile()) hash.update(readFileSync(path));
  return hash.digest('hex');
}

async function make() {
  const outDir = join(cache, originsOf());
  const names = { frame: 'html', worker: 'js', clientKms: 'js', encryptionSdk: 'js', declarations: 'json' };
  const pathOf = (/** @type {[string, string]} */ [name, ending]) => join(outDir, `${name}.${ending}`);
  if (!Object.entries(names).every((file) => existsSync(pathOf(file)))) {
    /** @type {Record<keyof typeof names, string>} */
    const files = {
      frame: page(await bundle('inside/frame.ts')),
      worker: await bundle('inside/worker.ts'),
      clientKms: await bundle('libraries/client-kms.ts'),
      encryptionSdk: await bundle('libraries/encryption-sdk.ts'),
      declarations: JSON.stringify(collectDeclarations(libraries)),
    };
    mkdirSync(outDir, { recursive: true });
    for (const file of Object.entries(names))
      writeFileSync(pathOf(file), files[/** @type {keyof typeof names} */ (file[0])]);
  }
  const places = Object.entries(names).map(
    (file) => `export { default as ${file[0]} } from ${JSON.stringify(`${pathOf(file)}?url&no-inline`)};`,
  );
  return [...places, `export const versions = ${JSON.stringify(versions())};`].join('\n');
}

/** Which versions of the libraries the sandbox has. */
function versions() {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  const { devDependencies } = /** @type {{ devDependencies: Record<string, string> }} */ (
    JSON.parse(manifest)
  );
  return Object.fromEntries(libraries.map((name) => [name, devDependencies[name]]));
}

/**
 * One classic script of a source and all that it imports.
 *
 * @param {string} entry
 */
async function bundle(entry) {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    root,
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    // The AWS Encryption SDK’s ASN.1 reader wants Node's Buffer, which webpack 4 used to add by itself.
    resolve: { alias: { buffer: join(root, 'node_modules/buffer/index.js') } },
    build: {
      write: false,
      target: 'es2022',
      reportCompressedSize: false,
      lib: { entry: join(sources, entry), formats: ['iife'], name: 'sandbox' },
      rolldownOptions: {
        // Both libraries share one SDK.
        external: entry.includes('encryption-sdk') ? ['@aws-sdk/client-kms'] : [],
        output: {
          globals: { '@aws-sdk/client-kms': 'glassLibraries["@aws-sdk/client-kms"]' },
          // Classes are printed by their names.
          keepNames: true,
        },
      },
    },
  });
  const [output] = /** @type {import('vite').Rolldown.RolldownOutput[]} */ (result);
  const [chunk] = output?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error(`Nothing came of ${entry}`);
  return chunk.code.trim();
}

/**
 * The frame. A page of an opaque origin without any rights but to run this script, and workers made of text that it has
 * been given.
 *
 * @param {string} script
 */
function page(script) {
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}' blob:`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="robots" content="noindex">
<title>Sandbox</title>
<script>${script}</script>
</html>
`;
}
