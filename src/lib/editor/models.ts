import type { Monaco } from '$lib/monaco/load.ts';
import type { SourceFile } from './source-file.ts';

/** Names of the files that have a model: other faces have models of their own. */
let known = new Set<string>();
/** Names of files that have gone. */
const gone = new Set<string>();

/** Gives each file a model in Monaco, so that files see each other; models of files that have gone go. */
export function syncModels(monaco: Monaco, files: readonly SourceFile[]): void {
  const { editor, Uri } = monaco;
  const names = new Set(files.map(({ name }) => name));
  for (const name of known) {
    if (names.has(name)) continue;
    editor.getModel(Uri.file(name))?.dispose();
    gone.add(name);
  }
  for (const { name, text } of files) {
    const model = editor.getModel(Uri.file(name));
    if (!model) editor.createModel(text, name.endsWith('.js') ? 'javascript' : 'typescript', Uri.file(name));
    // As an edit, so that it can be undone.
    else if (model.getValue() !== text)
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  }
  known = names;
  if ([...names].some((name) => gone.has(name))) forget(monaco);
}

/** TypeScript knows files by name and version. One that comes back begins at version 1 again, and would be taken for the old one. */
function forget({ typescript: { typescriptDefaults } }: Monaco): void {
  gone.clear();
  // Starts it anew.
  typescriptDefaults.setCompilerOptions(typescriptDefaults.getCompilerOptions());
}
