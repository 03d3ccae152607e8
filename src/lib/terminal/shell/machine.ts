import { FileShelf } from '../files/file-shelf.ts';
import { home, TerminalFiles } from '../files/terminal-files.ts';
import { complete, type Completion, type KeyNames } from '../completion/complete.ts';
import { awsCommand, type AwsSurroundings } from '../commands/aws-command.ts';
import { opensslCommand } from '../commands/openssl-command.ts';
import { mendedCommands } from '../commands/mended.ts';
import { pageCommands, pageFunctions } from '../commands/page-commands.ts';
import { xxdCommand } from '../commands/xxd.ts';
import { terminalText } from '$lib/strings/terminal.ts';
import { messageOf, responseOf, type RequestMessage, type ResponseMessage } from './request-message.ts';
import { Session, type Output, type ShellState } from './session.ts';

/** What the machine asks of the page. */
export interface MachineHost {
  fetch(request: RequestMessage): Promise<ResponseMessage>;
  download(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Files have changed. */
  changed(): void;
}

/** What goes along with a line. */
export interface Surroundings extends AwsSurroundings {
  history: readonly string[];
}

/** How a line ended. `unfinished`: another line belongs to it. */
export interface Ending {
  kind: 'done' | 'unfinished' | 'exit';
  state: ShellState;
  /** Why files could not be stored. */
  trouble?: string;
}

export interface FileLine {
  /** Below the learner's folder: `keys/public.pem`. */
  path: string;
  size: number;
  isFolder: boolean;
}

/** The terminal's computer: files, shell and programs. It runs in a worker, so that nothing typed can stop the page. */
export class Machine {
  #files = new TerminalFiles();
  #session: Session | undefined;
  #shelf: FileShelf | undefined;
  #host: MachineHost | undefined;
  #surroundings: Surroundings = {
    identities: [],
    principal: undefined,
    region: '',
    columns: 80,
    history: [],
  };
  #running: AbortController | undefined;

  /** Resolves with whether files last longer than the page. */
  async start(host: MachineHost, state?: ShellState): Promise<{ durable: boolean; state: ShellState }> {
    this.#host = host;
    this.#shelf = await FileShelf.open(this.#files, () => host.changed());
    if (await this.#shelf.isNew()) await this.#files.writeFile(`${home}/README`, terminalText.readme);
    this.#session = this.#newSession(host);
    if (state) this.#session.restore(state);
    await this.#store();
    return { durable: this.#shelf.durable, state: this.#session.state };
  }

  /**
   * Runs what was typed, if it is whole.
   * @param onOutput hears what is said; everything has been heard when the line has ended
   */
  async run(
    text: string,
    surroundings: Surroundings,
    onOutput: (output: Output) => unknown,
  ): Promise<Ending> {
    const session = this.#session!;
    this.#surroundings = surroundings;
    const reading = session.read(text);
    if (reading.kind === 'unfinished') return { kind: 'unfinished', state: session.state };
    if (reading.kind === 'wrong') {
      await onOutput({ text: `${reading.message}\n`, stream: 'error', isBinary: false });
      session.restore({ ...session.state, status: 2 });
      return { kind: 'done', state: session.state };
    }
    this.#running = new AbortController();
    const heard: unknown[] = [];
    const hasExited = await session.run(reading.statements, this.#running.signal, (output) => {
      heard.push(onOutput(output));
    });
    this.#running = undefined;
    if (hasExited) this.#session = this.#newSession(this.#host!);
    const trouble = await this.#store();
    await Promise.all(heard);
    const kind = hasExited ? 'exit' : 'done';
    return { kind, state: this.#session!.state, ...(trouble !== undefined && { trouble }) };
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#running?.abort();
  }

  async complete(
    line: string,
    cursor: number,
    surroundings: Surroundings,
    keys: KeyNames,
  ): Promise<Completion> {
    const { folder, variables } = this.#session!.state;
    return complete(line, cursor, {
      files: this.#files,
      folder,
      variables: Object.keys(variables),
      identities: surroundings.identities,
      keys,
    });
  }

  /** What is in the learner's folder, by path. */
  async list(): Promise<FileLine[]> {
    const paths = this.#files.getAllPaths().filter((path) => path.startsWith(`${home}/`));
    const lines = await Promise.all(
      paths.sort().map(async (path) => {
        const stat = await this.#files.stat(path).catch(() => undefined);
        return {
          path: path.slice(home.length + 1),
          size: stat?.size ?? 0,
          isFolder: stat?.isDirectory ?? false,
        };
      }),
    );
    return lines;
  }

  async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return Uint8Array.from(await this.#files.readFileBuffer(`${home}/${path}`));
  }

  /** Puts a file into the folder in which the shell is, or into the learner's own. Rejects with what is wrong. */
  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const { folder } = this.#session!.state;
    const into = folder === home || folder.startsWith(`${home}/`) ? folder : home;
    await this.#files.writeFile(`${into}/${name.replaceAll('/', '_')}`, bytes);
    const trouble = await this.#store();
    if (trouble !== undefined) throw new Error(trouble);
  }

  async remove(path: string): Promise<void> {
    await this.#files.rm(`${home}/${path}`, { recursive: true, force: true });
    await this.#store();
  }

  /** Removes all files of the learner. */
  async clear(): Promise<void> {
    for (const name of await this.#files.readdir(home)) {
      await this.#files.rm(`${home}/${name}`, { recursive: true, force: true });
    }
    const session = this.#session!;
    session.restore({ ...session.state, folder: home });
    await this.#store();
  }

  close(): void {
    this.#shelf?.close();
  }

  async #store(): Promise<string | undefined> {
    try {
      await this.#shelf?.store();
    } catch {
      return terminalText.notStored;
    } finally {
      this.#host?.changed();
    }
    return undefined;
  }

  #newSession(host: MachineHost): Session {
    const door = {
      fetch: async (request: Request) => responseOf(await host.fetch(await messageOf(request))),
    };
    const commands = [
      awsCommand(door, () => this.#surroundings),
      opensslCommand,
      xxdCommand,
      ...mendedCommands,
      ...pageCommands({
        history: () => this.#surroundings.history,
        download: (name, bytes) => host.download(name, bytes),
      }),
    ];
    const variables = { HOME: home, USER: 'you', LOGNAME: 'you', SHELL: '/bin/bash', TERM: 'xterm-256color' };
    return new Session({ files: this.#files, commands, variables, functions: pageFunctions, folder: home });
  }
}
