/** Of Monaco's own worker for TypeScript, which has no declarations, what `workers/typescript.worker.ts` uses. */
declare module 'monaco-editor/languages/features/typescript/ts.worker' {
  import type typescript from 'typescript';

  export const create: (context: unknown, data: unknown) => object;
  export const initialize: (callback: typeof create) => void;
  export const ts: { typescript: typeof typescript };
}
