import { proxy, wrap, type Remote } from 'comlink';
import type { Completion, KeyNames } from '../completion/complete.ts';
import type { Ending, FileLine, Machine, MachineHost, Surroundings } from './machine.ts';
import type { Output, ShellState } from './session.ts';

/** `stopped`: the command had to be ended together with its machine, and a new one has begun. */
export type RunEnding = Ending | { kind: 'stopped'; state: ShellState };

/** Milliseconds that a command has to end by itself when it is asked to. */
const patience = 1000;

/** Milliseconds after which a command is asked to end; the machine does so by itself before, if it still can. */
const limit = 63_000;

/** The page's hand on the terminal's machine. Whatever a command does, it can be stopped, and the page lives on. */
export class ShellClient {
  readonly #host: MachineHost;
  #worker: Worker | undefined;
  #machine: Remote<Machine> | undefined;
  #state: ShellState | undefined;
  /** Ends the run that is under way, with the machine. */
  #stop: (() => void) | undefined;
  #stopping: ReturnType<typeof setTimeout> | undefined;

  constructor(host: MachineHost) {
    this.#host = host;
  }

  /** Loads and starts the machine. Rejects where it cannot be had. */
  async start(): Promise<{ durable: boolean; state: ShellState }> {
    const worker = new Worker(new URL('../../../workers/terminal.worker.ts', import.meta.url), {
      type: 'module',
      name: 'terminal',
    });
    this.#worker = worker;
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = () => reject(new Error('The worker could not be loaded.'));
    });
    this.#machine = wrap<Machine>(worker);
    const started = await Promise.race([this.#machine.start(proxy(this.#host), this.#state), broken]);
    this.#state = started.state;
    return started;
  }

  /** Runs a text. Rejects where no machine can be had any more. */
  async run(
    text: string,
    surroundings: Surroundings,
    onOutput: (output: Output) => void,
  ): Promise<RunEnding> {
    const stopped = new Promise<'stopped'>((resolve) => (this.#stop = () => resolve('stopped')));
    const timer = setTimeout(() => this.interrupt(), limit);
    let isRunning = true;
    // What a machine has said before its end may arrive after it.
    const hear = (output: Output) => {
      if (isRunning) onOutput(output);
    };
    try {
      const ended = await Promise.race([this.#machine!.run(text, surroundings, proxy(hear)), stopped]);
      if (ended !== 'stopped') {
        this.#state = ended.state;
        return ended;
      }
      this.#worker?.terminate();
      const { state } = await this.start();
      return { kind: 'stopped', state };
    } finally {
      isRunning = false;
      clearTimeout(timer);
      clearTimeout(this.#stopping);
      this.#stop = undefined;
    }
  }

  /** Asks the command to end, and ends it where it does not. */
  interrupt(): void {
    if (!this.#stop) return;
    void this.#machine?.interrupt();
    clearTimeout(this.#stopping);
    this.#stopping = setTimeout(() => this.#stop?.(), patience);
  }

  complete(line: string, cursor: number, surroundings: Surroundings, keys: KeyNames): Promise<Completion> {
    return this.#machine!.complete(line, cursor, surroundings, keys);
  }

  list(): Promise<FileLine[]> {
    return this.#machine!.list();
  }

  read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#machine!.read(path);
  }

  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#machine!.put(name, bytes);
  }

  remove(path: string): Promise<void> {
    return this.#machine!.remove(path);
  }

  clear(): Promise<void> {
    return this.#machine!.clear();
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#machine = undefined;
  }
}
