import { expose } from 'comlink';
import { create, initialize, ts } from 'monaco-editor/languages/features/typescript/ts.worker';
import { forCompiling } from '../lib/editor/compiler/greeting.ts';
import { transpile } from '../lib/editor/compiler/transpile.ts';
import type { SourceFile } from '../lib/editor/source-file.ts';

/**
 * TypeScript, which is large, once for both who want it: Monaco, whose first message says nothing; and who compiles
 * programs, also where there is no Monaco.
 */
self.onmessage = ({ data }: MessageEvent<unknown>) => {
  if (data !== forCompiling) {
    initialize(create);
    return;
  }
  self.onmessage = null;
  expose((files: readonly SourceFile[]) => transpile(ts.typescript, files));
};
