import { declarations } from 'virtual:sandbox';
import type { Monaco } from '$lib/monaco/load.ts';
import { nodeGlobals, nodeModules } from './node-declarations.ts';
import { textOf } from './sandbox/frame.ts';

/** Of TypeScript's own numbers, those that Monaco's lists lack. */
const forceModules = 3;

/** `await` at the top of a file that imports nothing; the files are modules all the same. */
const notAModule = 1375;

let prepared: Promise<void> | undefined;

/**
 * Sets TypeScript up for programs of the sandbox: compiled to what it runs, and checked against AWS's own declarations
 * of its libraries. Once a page.
 */
export function prepareTypeScript(monaco: Monaco): Promise<void> {
  prepared ??= prepare(monaco);
  prepared.catch(() => (prepared = undefined));
  return prepared;
}

async function prepare({ editor, typescript }: Monaco): Promise<void> {
  wakeTypeScript(editor);
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
    sourceMap: true,
    strict: true,
    // By the names of their files; Monaco has those of DOM and workers as well.
    lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
  });
  typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [notAModule] });
  typescriptDefaults.setEagerModelSync(true);
  const texts = JSON.parse(await textOf(declarations)) as Record<string, string>;
  typescriptDefaults.setExtraLibs([
    ...Object.entries(texts).map(([path, content]) => ({ filePath: `file://${path}`, content })),
    { filePath: 'file:///node_modules/@types/sandbox/globals.d.ts', content: nodeGlobals },
    { filePath: 'file:///node_modules/@types/sandbox/modules.d.ts', content: nodeModules },
  ]);
}

/** Monaco starts a language when an editor shows it; where fingers edit in a plain text area, none does. */
function wakeTypeScript(editor: Monaco['editor']): void {
  const model = editor.createModel('', 'typescript');
  editor.create(document.createElement('div'), { model }).dispose();
  model.dispose();
}

/** Monaco lets its TypeScript go after two minutes without use; this keeps it, so that Run stays quick. Returns what ends it. */
export function keepTypeScript(monaco: Monaco): () => void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'hidden') return;
    void monaco.typescript.getTypeScriptWorker().then((worker) => worker());
  }, 60_000);
  return () => clearInterval(timer);
}
