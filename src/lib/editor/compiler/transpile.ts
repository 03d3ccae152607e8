import type typescript from 'typescript';
import type { SourceFile } from '../source-file.ts';

/** A file compiled to one call of `System.register`, its source map, and what in it cannot be compiled. */
export interface Transpiled {
  name: string;
  code: string;
  map: string;
  /** `index.ts:3:14: ';' expected.` */
  problems: string[];
}

/** Compiles each file by itself. Types are not held against it: as with Node, what is wrong in them shows in the editor. */
export function transpile(ts: typeof typescript, files: readonly SourceFile[]): Transpiled[] {
  return files.map(({ name, text }) => {
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(text, {
      fileName: name,
      reportDiagnostics: true,
      compilerOptions: {
        target: ts.ScriptTarget.ESNext,
        // The sandbox links modules by hand, for which no other form will do; Monaco's TypeScript has it.
        // oxlint-disable-next-line typescript/no-deprecated
        module: ts.ModuleKind.System,
        moduleDetection: ts.ModuleDetectionKind.Force,
        allowJs: true,
        esModuleInterop: true,
        sourceMap: true,
      },
    });
    const problems = (diagnostics ?? [])
      .filter(({ file }) => file)
      .map(({ file, start = 0, messageText }) => {
        const { line, character } = file!.getLineAndCharacterOfPosition(start);
        return `${name}:${line + 1}:${character + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      });
    const code = outputText.replace(/^\/\/# sourceMappingURL=.*$/m, '');
    return { name, code, map: sourceMapText ?? '', problems };
  });
}
