import { fileURLToPath } from 'node:url';

const ours = fileURLToPath(new URL('../src/lib/monaco/language-worker.ts', import.meta.url));
const typescriptWorker = fileURLToPath(new URL('../src/workers/typescript.worker.ts', import.meta.url));

/**
 * Monaco's language packs import every feature of the editor, by way of the module that starts their workers. Ours
 * starts them as well and imports nothing else, so the site carries the features that it names itself
 * (`src/lib/monaco/monaco.ts`): an eighth less. And TypeScript's worker is our own (`src/workers/typescript.worker.ts`),
 * which compiles programs as well, or the site would carry TypeScript twice.
 *
 * @returns {import('vite').Plugin}
 */
export function leanMonaco() {
  return {
    name: 'lean-monaco',
    enforce: 'pre',
    resolveId(source, importer) {
      const isTheirs =
        source.endsWith('/internal/common/workers.js') && importer?.includes('/monaco-editor/');
      return isTheirs ? ours : undefined;
    },
    transform(code, id) {
      if (!id.endsWith('/languages/features/typescript/workerManager.js')) return undefined;
      return code.replace("new URL('ts.worker.js'", () => `new URL(${JSON.stringify(typescriptWorker)}`);
    },
  };
}
