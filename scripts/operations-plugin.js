/**
 * Vite plugin: `virtual:operations`, the operations as data (`src/lib/operations/model.ts`). The declarations are
 * run once, when the module is first asked for; the site carries what came of it and none of their code.
 */
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const id = 'virtual:operations';
const resolvedId = `\0${id}`;

/** @type {ReturnType<typeof make> | undefined} */
let made;

/** @type {typeof runnerImport<Record<string, unknown>>} */
const importByVite = runnerImport;

async function make() {
  const { module, dependencies } = await importByVite(`${root}scripts/operations/make.ts`, {
    configFile: false,
    root,
    logLevel: 'warn',
  });
  const names = ['operations', 'lookupEvents', 'getCallerIdentity'];
  const lines = names.map((name) => {
    const json = JSON.stringify(module[name]);
    // A string of JSON is read faster than the same as JavaScript.
    return `export const ${name} = JSON.parse(${JSON.stringify(json)});`;
  });
  return { code: lines.join('\n'), dependencies };
}

/** @returns {import('vite').Plugin} */
export function operationsPlugin() {
  return {
    name: 'operations',
    resolveId: (source) => (source === id ? resolvedId : undefined),
    async load(loaded) {
      if (loaded !== resolvedId) return undefined;
      const { code, dependencies } = await (made ??= make());
      for (const file of dependencies) this.addWatchFile(file);
      return { code, moduleType: 'js' };
    },
    handleHotUpdate: async ({ file, server }) => {
      if (!(await made)?.dependencies.includes(file)) return;
      made = undefined;
      const module = server.moduleGraph.getModuleById(resolvedId);
      if (module) server.moduleGraph.invalidateModule(module);
    },
  };
}
