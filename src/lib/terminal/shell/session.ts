import { Bash, type CustomCommand, type IFileSystem } from 'just-bash/browser';
import { exitIn, functionsIn, sourcedIn, touchesArrays, type Statement } from './statements.ts';
import { breaksOff, isAboutTheEnd } from './unfinished.ts';

/** What one line leaves for the next one, as far as it can be carried from one interpreter to another. */
export interface ShellState {
  variables: Record<string, string>;
  folder: string;
  status: number;
}

export interface SessionOptions {
  files: IFileSystem;
  commands: CustomCommand[];
  variables: Record<string, string>;
  /** Definitions of functions that are there from the beginning. */
  functions: string;
  folder: string;
}

export interface Output {
  /** What a command wrote, byte for byte a character where `isBinary`. */
  text: string;
  stream: 'out' | 'error';
  isBinary: boolean;
}

/** How a text stands: `unfinished`: bash would ask for another line. */
export type Reading =
  | { kind: 'script'; statements: Statement[] }
  | { kind: 'unfinished' }
  | { kind: 'wrong'; message: string };

/** Milliseconds after which a command is stopped. */
export const timeLimit = 60_000;

/** Where the values of arrays are put down between two lines. */
const arrayFile = '/tmp/.arrays';

/**
 * An interactive shell. The interpreter forgets functions, folder and variables after each script; here one statement
 * after the other is run as a script of its own, with what earlier ones have left put before it.
 */
export class Session {
  readonly #bash: Bash;
  readonly #files: IFileSystem;
  readonly #functions = new Map<string, Statement>();
  #arrays: Statement[] = [];
  #state: ShellState;
  /** What the next script consists of, whatever its text is. */
  #next: Statement[] | undefined;

  constructor({ files, commands, variables, functions, folder }: SessionOptions) {
    this.#files = files;
    this.#bash = new Bash({
      fs: files,
      customCommands: commands,
      cwd: folder,
      env: variables,
      executionLimits: { maxExecutionTimeMs: timeLimit, maxOutputSize: 64 * 2 ** 20 },
      processInfo: { uid: 1000, gid: 1000 },
    });
    this.#bash.registerTransformPlugin({
      name: 'one-statement',
      // Only of the script that is run here; those that commands run inside it stay as they are.
      transform: ({ ast }) => {
        const statements = this.#next ?? ast.statements;
        this.#next = undefined;
        return { ast: { ...ast, statements } };
      },
    });
    this.#state = { variables: this.#bash.getEnv(), folder, status: 0 };
    this.#define(this.#statements(functions));
  }

  get state(): ShellState {
    return this.#state;
  }

  /** Goes on where another session has ended. */
  restore(state: ShellState): void {
    this.#state = state;
  }

  read(text: string): Reading {
    if (breaksOff(text)) return { kind: 'unfinished' };
    try {
      return { kind: 'script', statements: this.#bash.transform(text).ast.statements };
    } catch (error) {
      const { message } = error as Error;
      const mended = withTargetsQuoted(text);
      if (mended !== text) return this.read(mended);
      if (isAboutTheEnd(message, text)) return { kind: 'unfinished' };
      return { kind: 'wrong', message: plainWords(`bash: ${message}`) };
    }
  }

  /** Runs statements one after the other; stops early where one is `exit`, which is answered with `true`. */
  async run(
    statements: readonly Statement[],
    signal: AbortSignal,
    onOutput: (output: Output) => void,
  ): Promise<boolean> {
    for (const statement of statements) {
      if (signal.aborted) return false;
      const status = exitIn(statement);
      if (status !== undefined) {
        this.#state = { ...this.#state, status };
        return true;
      }
      await this.#step(statement, signal, onOutput);
      await this.#remember(statement);
    }
    return false;
  }

  async #step(statement: Statement, signal: AbortSignal, onOutput: (output: Output) => void): Promise<void> {
    const { variables, folder, status } = this.#state;
    const withArrays = touchesArrays(statement);
    this.#next = [
      ...this.#statements(`shopt -s expand_aliases${optionsIn(variables)}`),
      ...this.#functions.values(),
      ...(withArrays ? this.#arrays : []),
      ...this.#statements(`(exit ${status})`),
      statement,
      ...(withArrays ? this.#statements(`__=$?; declare -p > ${arrayFile}; (exit $__)`) : []),
    ];
    const result = await this.#bash.exec('interactive', {
      env: variables,
      replaceEnv: true,
      cwd: folder,
      rawScript: true,
      signal,
    });
    const { stdout, stderr, env, exitCode, stdoutKind } = result;
    if (stdout !== '') onOutput({ text: stdout, stream: 'out', isBinary: stdoutKind === 'bytes' });
    const complaint = plainWords(stderr, signal.aborted);
    if (complaint !== '') onOutput({ text: complaint, stream: 'error', isBinary: false });
    // Parameters such as $? come along with the variables.
    const kept = Object.entries(env).filter(([name]) => /^[A-Za-z_]/.test(name) && name !== '__');
    this.#state = {
      variables: Object.fromEntries(kept),
      folder: env['PWD'] ?? folder,
      status: signal.aborted ? 130 : exitCode,
    };
    if (withArrays) await this.#takeArrays();
  }

  async #remember(statement: Statement): Promise<void> {
    this.#define([statement]);
    for (const file of sourcedIn(statement)) {
      const text = await this.#files
        .readFile(this.#files.resolvePath(this.#state.folder, file))
        .catch(() => '');
      for (const inner of this.#statements(text)) await this.#remember(inner);
    }
  }

  #define(statements: readonly Statement[]): void {
    for (const { name, definition } of statements.flatMap(functionsIn)) this.#functions.set(name, definition);
  }

  async #takeArrays(): Promise<void> {
    const text = await this.#files.readFile(arrayFile).catch(() => '');
    const found = text.matchAll(/^declare -([aA])\w* (?!BASH_|PIPESTATUS|FUNCNAME)(\w+)(=.*)?$/gm);
    // In the two steps in which the interpreter keeps words together that have spaces in them.
    const lines = [...found].map(
      ([, kind, name, value = '=()']) => `declare -${kind} ${name}; ${name}${value}`,
    );
    this.#arrays = this.#statements(lines.join('\n'));
  }

  /** Of a text that is known to be right; nothing where it is not. */
  #statements(text: string): Statement[] {
    try {
      return this.#bash.transform(text).ast.statements;
    } catch {
      return [];
    }
  }
}

/** The options of `set -o` that hold from line to line. `errexit` would end an interactive shell. */
function optionsIn(variables: Record<string, string>): string {
  const lasting = ['noclobber', 'noglob', 'nounset', 'pipefail', 'xtrace'];
  const set = (variables['SHELLOPTS'] ?? '').split(':').filter((name) => lasting.includes(name));
  return set.map((name) => `; set -o ${name}`).join('');
}

/** The parser takes no redirection's target for one that looks like a variable's value, as `<<< aGk=` does. */
function withTargetsQuoted(text: string): string {
  return text.replace(
    /'[^']*'|"(?:\\.|[^"\\])*"|\\.|([<>]\s*)([A-Za-z_]\w*\+?=[\w+/=.-]*)(?=[\s;|&)]|$)/gs,
    (all, before?: string, target?: string) => (target === undefined ? all : `${before ?? ''}'${target}'`),
  );
}

/** An error without what only the interpreter's host could use. */
function plainWords(error: string, isAborted = false): string {
  return (isAborted ? error.replace(/bash: execution aborted\n/, '') : error)
    .replace(/(syntax error: )?Parse error at \d+:\d+: /g, '')
    .replace(/(command not) available in browser environments\..*/g, '$1 found')
    .replace(/, increase executionLimits\.\w+/g, '');
}
