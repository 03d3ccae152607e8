import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Monaco } from '$lib/monaco/load.ts';
import { compiledScheme, type CompiledFile } from './sandbox/protocol.ts';

/** A file of the learner's program. */
export interface SourceFile {
  /** `index.ts` */
  name: string;
  text: string;
}

export interface Compiled {
  files: CompiledFile[];
  /** What cannot be compiled: `index.ts:3:14: ';' expected.` Nothing is run then. */
  problems: string[];
  /** Puts the places of the source where a stack has those of the compiled code. */
  toSource: (text: string) => string;
}

/** Compiles the files of a program, whose models the editor has. Types are not held against it: as with Node, what is wrong in them shows in the editor. */
export async function compile(monaco: Monaco, files: readonly SourceFile[]): Promise<Compiled> {
  const uris = files.map(({ name }) => monaco.Uri.file(name));
  const service = await (await monaco.typescript.getTypeScriptWorker())(...uris);
  const compiled = await Promise.all(
    uris.map(async (uri, index) => {
      const [output, faults] = await Promise.all([
        service.getEmitOutput(uri.toString()),
        service.getSyntacticDiagnostics(uri.toString()),
      ]);
      const name = files[index]!.name;
      const text = (ending: string): string =>
        output.outputFiles.find((file) => file.name.endsWith(ending))?.text ?? '';
      const code = text('.js').replace(/^\/\/# sourceMappingURL=.*$/m, '');
      const problems = faults.map(({ start = 0, messageText }) => {
        const { lineNumber, column } = monaco.editor.getModel(uri)!.getPositionAt(start);
        return `${name}:${lineNumber}:${column}: ${typeof messageText === 'string' ? messageText : messageText.messageText}`;
      });
      return { name, code, map: text('.js.map'), problems };
    }),
  );
  const maps = new Map(compiled.map(({ name, map }) => [name, map]));
  return {
    files: compiled.map(({ name, code }) => ({ path: name, code })),
    problems: compiled.flatMap(({ problems }) => problems),
    toSource: (text) => mapPlaces(text, maps),
  };
}

function mapPlaces(text: string, maps: ReadonlyMap<string, string>): string {
  const places = new RegExp(`${compiledScheme}([^\\s:)]+):(\\d+):(\\d+)`, 'g');
  return (
    text
      .replace(places, (_place, name: string, line: string, column: string) => {
        const map = maps.get(name);
        const source = map && originalPositionFor(new TraceMap(map), { line: +line, column: +column - 1 });
        return source && source.line !== null ? `${name}:${source.line}:${source.column + 1}` : name;
      })
      // Of the libraries and of the sandbox, whose lines say nothing to a reader.
      .replace(/^ +at .*\bblob:.*\n?/gm, '')
      .trimEnd()
  );
}
