import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { wrap, type Remote } from 'comlink';
import { compiledScheme, type CompiledFile } from '../sandbox/protocol.ts';
import type { SourceFile } from '../source-file.ts';
import { forCompiling } from './greeting.ts';
import type { Transpiled } from './transpile.ts';

export interface Compiled {
  files: CompiledFile[];
  /** What cannot be compiled: `index.ts:3:14: ';' expected.` Nothing is run then. */
  problems: string[];
  /** Puts the places of the source where a stack has those of the compiled code. */
  toSource: (text: string) => string;
}

type Transpile = (files: readonly SourceFile[]) => Transpiled[];

/** TypeScript in a worker of its own, so that a program can be compiled where there is no Monaco. */
export class Compiler {
  #worker: Worker | undefined;
  #transpile: Remote<Transpile> | undefined;
  #broken: Promise<never> | undefined;

  /** Fetches TypeScript, and has it warm itself: the first program that it compiles takes a second. */
  prepare(): void {
    if (this.#worker) return;
    const worker = new Worker(new URL('../../../workers/typescript.worker.ts', import.meta.url), {
      type: 'module',
    });
    worker.postMessage(forCompiling);
    this.#worker = worker;
    this.#transpile = wrap<Transpile>(worker);
    this.#broken = new Promise((_resolve, reject) => {
      worker.onerror = () => {
        this.dispose();
        reject(new Error('TypeScript could not be loaded.'));
      };
    });
    // Who compiles hears of it.
    this.#broken.catch(() => {});
    void this.#transpile([{ name: 'index.ts', text: 'await 1;' }]);
  }

  async compile(files: readonly SourceFile[]): Promise<Compiled> {
    this.prepare();
    const compiled = await Promise.race([this.#transpile!([...files]), this.#broken!]);
    const maps = new Map(compiled.map(({ name, map }) => [name, map]));
    return {
      files: compiled.map(({ name, code }) => ({ path: name, code })),
      problems: compiled.flatMap(({ problems }) => problems),
      toSource: (text) => mapPlaces(text, maps),
    };
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
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
      // What a module's top level has become in the compiled code; Node has no name for it.
      .replace(/^( +at (?:async )?)execute \((.*)\)$/gm, '$1$2')
      // Of the libraries and of the sandbox, whose lines say nothing to a reader.
      .replace(/^ +at (.*\bblob:.*|new Promise \(<anonymous>\))\n?/gm, '')
      .trimEnd()
  );
}
