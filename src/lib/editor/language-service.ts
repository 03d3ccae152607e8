import { declarations } from 'virtual:sandbox';
import type { Monaco } from '$lib/monaco/load.ts';
import { nodeGlobals, nodeModules } from './node-declarations.ts';
import { textOf } from './sandbox/frame.ts';

/** Of TypeScript's own numbers, those that Monaco's lists lack. */
const forceModules = 3;

/** `await` at the top of a file that imports nothing; the files are modules all the same. */
const notAModule = 1375;

/** `./keys.ts` in an import; it runs as it is, here and in Node. */
const endsInTs = 5097;

let prepared: Promise<void> | undefined;

/**
 * Sets TypeScript up for programs of the sandbox, which it checks against AWS's own declarations of its libraries.
 * Once a page.
 */
export function prepareTypeScript(monaco: Monaco): Promise<void> {
  prepared ??= prepare(monaco);
  prepared.catch(() => (prepared = undefined));
  return prepared;
}

async function prepare({ typescript }: Monaco): Promise<void> {
  const { typescriptDefaults, ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.System,
    moduleResolution: ModuleResolutionKind.NodeJs,
    moduleDetection: forceModules,
    isolatedModules: true,
    allowNonTsExtensions: true,
    allowJs: true,
    esModuleInterop: true,
    skipLibCheck: true,
    strict: true,
    // By the names of their files; Monaco has those of DOM and workers as well.
    lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
  });
  typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [notAModule, endsInTs] });
  typescriptDefaults.setEagerModelSync(true);
  const texts = JSON.parse(await textOf(declarations)) as Record<string, string>;
  typescriptDefaults.setExtraLibs([
    ...Object.entries(texts).map(([path, content]) => ({ filePath: `file://${path}`, content })),
    { filePath: 'file:///node_modules/@types/sandbox/globals.d.ts', content: nodeGlobals },
    { filePath: 'file:///node_modules/@types/sandbox/modules.d.ts', content: nodeModules },
  ]);
}
