import { actor } from '$lib/cloud/actor.svelte.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { madeCalls, type MadeCall } from '$lib/playground/calls.svelte.ts';
import { Compiler } from './compiler/compile.ts';
import { entryName } from './project.svelte.ts';
import type { OutputLevel } from './sandbox/protocol.ts';
import { Sandbox, type Ending } from './sandbox/sandbox.ts';
import type { SourceFile } from './source-file.ts';

export interface OutputEntry {
  level: OutputLevel;
  text: string;
}

/** Output is shown together that comes within so many milliseconds. */
const frame = 16;

/** `invalid`: it could not be compiled. */
export type RunEnding = Ending | 'invalid';

/** The learner's program and what became of it. It runs when it is told to, and only then. */
export class ProgramRun {
  #running = $state(false);
  #entries = $state.raw<readonly OutputEntry[]>([]);
  /** Written, and not shown yet: thousands of lines one by one would keep the page from everything else. */
  #unshown: OutputEntry[] = [];
  #showing: ReturnType<typeof setTimeout> | undefined;
  #ending = $state.raw<RunEnding>();
  #took = $state(0);
  #firstCall = $state(Infinity);
  readonly #compiler = new Compiler();
  readonly #door = madeCalls.door('code', cloud);
  /** The one that waits for the next program. */
  #next: Sandbox | undefined;
  #current: Sandbox | undefined;

  get running(): boolean {
    return this.#running;
  }

  get entries(): readonly OutputEntry[] {
    return this.#entries;
  }

  /** How the last run ended; absent before the first, and while one is under way. */
  get ending(): RunEnding | undefined {
    return this.#ending;
  }

  /** How long it took, in milliseconds. */
  get took(): number {
    return this.#took;
  }

  /** What the last run has asked of the cloud, oldest first. */
  get calls(): readonly MadeCall[] {
    return madeCalls.all.filter(({ face, id }) => face === 'code' && id >= this.#firstCall);
  }

  /** Has everything ready that a program needs. */
  prepare(): void {
    this.#next ??= new Sandbox(this.#door);
    this.#compiler.prepare();
  }

  async run(files: readonly SourceFile[], seconds: number): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.clear();
    const began = performance.now();
    try {
      this.#ending = await this.#run(files, seconds);
    } catch (error) {
      this.#put('error', error instanceof Error ? error.message : String(error));
      this.#ending = 'broken';
    } finally {
      this.#show();
      this.#took = performance.now() - began;
      this.#running = false;
      this.prepare();
    }
  }

  stop(): void {
    this.#current?.stop();
  }

  clear(): void {
    this.#unshown = [];
    this.#entries = [];
    this.#ending = undefined;
    // The next call's number, whatever it will be, is above all that there are.
    this.#firstCall = (madeCalls.all.at(-1)?.id ?? 0) + 1;
  }

  /** Ends what is under way, and takes everything down. */
  dispose(): void {
    this.stop();
    this.#next?.dispose();
    this.#next = undefined;
    this.#compiler.dispose();
  }

  async #run(files: readonly SourceFile[], seconds: number): Promise<RunEnding> {
    this.prepare();
    const sandbox = (this.#current = this.#next!);
    this.#next = undefined;
    const [{ files: compiled, problems, toSource }] = await Promise.all([
      this.#compiler.compile(files),
      cloud.start(),
    ]);
    if (problems.length > 0) {
      sandbox.dispose();
      for (const problem of problems) this.#put('error', problem);
      return 'invalid';
    }
    return sandbox.run(
      { files: compiled, entry: entryName, environment: environmentOf(), limit: seconds * 1000 },
      { output: (level, text) => this.#put(level, toSource(text)) },
    );
  }

  #put(level: OutputLevel, text: string): void {
    this.#unshown.push({ level, text });
    this.#showing ??= setTimeout(() => this.#show(), frame);
  }

  #show(): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    if (this.#unshown.length > 0) this.#entries = [...this.#entries, ...this.#unshown];
    this.#unshown = [];
  }
}

/** Where AWS's SDKs look first for Region and credentials. */
function environmentOf(): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = actor.identity?.credentials ?? {};
  return {
    AWS_REGION: actor.region,
    ...(accessKeyId !== undefined && { AWS_ACCESS_KEY_ID: accessKeyId }),
    ...(secretAccessKey !== undefined && { AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
  };
}
