import { actor } from '$lib/cloud/actor.svelte.ts';
import { cloud } from '$lib/cloud/connection.svelte.ts';
import { saveAs } from '$lib/files/save.ts';
import { madeCalls } from '$lib/playground/calls.svelte.ts';
import { terminalText } from '$lib/strings/terminal.ts';
import type { Completion, KeyNames } from './completion/complete.ts';
import { recallHistory, storeHistory } from './editing/kept-history.ts';
import { ShellClient } from './shell/client.ts';
import type { FileLine, MachineHost, Surroundings } from './shell/machine.ts';
import { clears, printable, tableWidth } from './shell/printable.ts';
import { replyOf, requestOf } from './shell/request-message.ts';
import type { Output, ShellState } from './shell/session.ts';

/** What was said for one line that was run. */
export interface Said {
  stream: 'out' | 'error' | 'note';
  text: string;
}

/** One line that was run, with what came of it. */
export interface Entry {
  id: number;
  /** As it stood before the line. */
  prompt: string;
  text: string;
  said: readonly Said[];
  /** Absent while it runs. */
  status?: number;
}

/** So many lines are kept. */
const keptEntries = 200;

/** The terminal of this page: it goes on while its pane is closed. Both views, screen and plain text, show it. */
class TerminalRoom {
  #status = $state.raw<'asleep' | 'starting' | 'ready' | 'failed'>('asleep');
  #durable = $state.raw(true);
  #entries = $state.raw<readonly Entry[]>([]);
  #files = $state.raw<readonly FileLine[]>([]);
  #shell = $state.raw<ShellState>();
  #busy = $state.raw(false);
  #trouble = $state.raw<string>();
  readonly #door = madeCalls.door('terminal', cloud);
  readonly #client = new ShellClient(this.#host());
  #history: string[] = [];
  #lastId = 0;
  /** Columns of the screen, for tables. */
  columns = $state.raw(80);

  get status(): 'asleep' | 'starting' | 'ready' | 'failed' {
    return this.#status;
  }

  /** Whether a command runs. */
  get busy(): boolean {
    return this.#busy;
  }

  /** What was run, oldest first. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get files(): readonly FileLine[] {
    return this.#files;
  }

  /** What the learner should know of where files are kept. */
  get trouble(): string | undefined {
    return this.#trouble ?? (this.#durable ? undefined : terminalText.notDurable);
  }

  get history(): readonly string[] {
    return this.#history;
  }

  /** Whether what was said last has a table that the screen has broken. */
  get tableIsBroken(): boolean {
    return this.#entries.at(-1)?.said.some(({ text }) => tableWidth(text) > this.columns) ?? false;
  }

  /** Who, where, and in what folder: `Ada@us-east-1:~$ `. */
  get prompt(): string {
    const { HOME = '', AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION } = this.#shell?.variables ?? {};
    const folder = (this.#shell?.folder ?? '').replace(HOME, '~');
    const who = AWS_PROFILE || actor.identity?.name || 'you';
    return `${who}@${AWS_REGION || AWS_DEFAULT_REGION || actor.region}:${folder}$ `;
  }

  /** The lines that were run, to be shared. */
  get script(): string {
    return this.#entries.map(({ text }) => text).join('\n');
  }

  async start(): Promise<void> {
    if (this.#status === 'ready' || this.#status === 'starting') return;
    this.#status = 'starting';
    this.#history = recallHistory();
    try {
      const [{ durable, state }] = await Promise.all([this.#client.start(), cloud.start()]);
      this.#durable = durable;
      this.#shell = state;
      this.#status = 'ready';
      await this.#listFiles();
    } catch {
      this.#client.close();
      this.#status = 'failed';
    }
  }

  /**
   * Runs what was typed. `false`: it is not whole, and nothing was done.
   * @param onSaid hears what is said when it is said
   */
  async run(text: string, onSaid: (said: Said) => void = () => {}): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    const id = ++this.#lastId;
    const entry: Entry = { id, prompt: this.prompt, text, said: [] };
    const say = (said: Said) => {
      onSaid(said);
      this.#say(id, said);
    };
    this.#entries = [...this.#entries, entry].slice(-keptEntries);
    try {
      const ending = await this.#client.run(text, this.#surroundings(), (output) => this.#heard(output, say));
      if (ending.kind === 'unfinished') {
        this.#entries = this.#entries.filter((each) => each.id !== id);
        return false;
      }
      this.#shell = ending.state;
      if (ending.kind === 'stopped') say({ stream: 'note', text: `${terminalText.stopped}\n` });
      if (ending.kind === 'exit') say({ stream: 'note', text: `${terminalText.exited}\n` });
      if ('trouble' in ending) this.#trouble = ending.trouble;
      this.#change(id, (each) => ({ ...each, status: ending.state.status }));
    } catch {
      this.#status = 'failed';
    } finally {
      this.#busy = false;
    }
    this.#remember(text);
    return true;
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#client.interrupt();
  }

  async complete(line: string, cursor: number): Promise<Completion> {
    return this.#client.complete(line, cursor, this.#surroundings(), await this.#keyNames());
  }

  /** Forgets what was said, not what was typed. */
  clear(): void {
    this.#entries = [];
  }

  /** Rejects with what is wrong. */
  async putIn(files: readonly File[]): Promise<void> {
    for (const file of files) await this.#client.put(file.name, new Uint8Array(await file.arrayBuffer()));
  }

  async download(path: string): Promise<void> {
    saveAs(new Blob([await this.#client.read(path)]), path.replace(/^.*\//, ''));
  }

  remove(path: string): Promise<void> {
    return this.#client.remove(path);
  }

  removeAll(): Promise<void> {
    return this.#client.clear();
  }

  #host(): MachineHost {
    return {
      fetch: async (message) => replyOf(await this.#door.fetch(requestOf(message))),
      download: async (name, bytes) => saveAs(new Blob([bytes]), name),
      changed: () => void this.#listFiles(),
    };
  }

  #heard(output: Output, say: (said: Said) => void): void {
    const { text, cut } = printable(output);
    if (clears(text)) this.#entries = this.#entries.slice(-1).map((entry) => ({ ...entry, said: [] }));
    say({ stream: output.stream, text });
    if (cut > 0) say({ stream: 'note', text: `${terminalText.cut(cut)}\n` });
  }

  #say(id: number, said: Said): void {
    this.#change(id, (entry) => ({ ...entry, said: [...entry.said, said] }));
  }

  #change(id: number, change: (entry: Entry) => Entry): void {
    this.#entries = this.#entries.map((entry) => (entry.id === id ? change(entry) : entry));
  }

  #remember(text: string): void {
    if (text.trim() === '' || this.#history.at(-1) === text) return;
    this.#history = storeHistory([...this.#history, text]);
  }

  #surroundings(): Surroundings {
    return {
      identities: cloud.identities,
      principal: actor.identity,
      region: actor.region,
      columns: this.columns,
      history: this.#history,
    };
  }

  /** Through the glass, so that completion leaves no trail. */
  async #keyNames(): Promise<KeyNames> {
    const lines = await cloud.look('keys', {}).catch(() => []);
    const account = actor.identity?.accountId;
    const own = lines.filter((line) => line.accountId === account && line.region === actor.region);
    return {
      ids: own.map(({ keyId }) => keyId),
      arns: own.map(({ keyArn }) => keyArn),
      aliases: own.flatMap(({ aliases }) => aliases),
    };
  }

  async #listFiles(): Promise<void> {
    if (this.#status === 'ready') this.#files = await this.#client.list();
  }
}

export const terminalRoom = new TerminalRoom();
