import type { editor } from 'monaco-editor/editor/editor.api';
import type { Monaco } from './load.ts';

export type CodeLanguage = 'typescript' | 'javascript' | 'json';

/** What `MonacoEditor` and `PlainEditor` take alike. */
export interface EditorProps {
  value: string;
  language: CodeLanguage;
  /** The name that the text goes by among others: `index.ts`. Unique on the page; Monaco keeps a model for it. */
  path: string;
  /** For screen readers. */
  label: string;
  readonly?: boolean;
  /** Mod-Enter. */
  onRun?: (() => void) | undefined;
}

/** For what only Monaco has. What is returned is called when the editor goes. */
export type MonacoReady = (monaco: Monaco, editor: editor.IStandaloneCodeEditor) => (() => void) | undefined;
