import type { Terminal } from '@xterm/xterm';
import { terminalText } from '$lib/strings/terminal.ts';
import { cellsOf, commonStart, inColumns, layout, visible, type Prompt } from '../editing/layout.ts';
import { LineEditor } from '../editing/line-editor.ts';
import type { Completion } from '../completion/complete.ts';
import type { Entry, Said } from '../terminal.svelte.ts';

/** What the screen shows, and runs lines on. */
export interface ScreenRoom {
  readonly prompt: string;
  readonly entries: readonly Entry[];
  readonly history: readonly string[];
  readonly busy: boolean;
  run(text: string, onSaid: (said: Said) => void): Promise<boolean>;
  interrupt(): void;
  complete(line: string, cursor: number): Promise<Completion>;
  clear(): void;
}

const bold = (text: string) => `\x1b[1m${text}\x1b[22m`;
const blue = (text: string) => `\x1b[34m${text}\x1b[39m`;

/** A terminal on which lines are edited and run. */
export class TypedScreen {
  readonly #terminal: Terminal;
  readonly #room: ScreenRoom;
  readonly #editor: LineEditor;
  /** Row of the cursor, counted from the prompt's. */
  #row = 0;
  #column = 0;
  /** Prompt and line as they stand there; absent: somewhere else, or not at all. */
  #drawn: string | undefined;
  /** Whether what was written last ended its line. */
  #atStart = true;
  /** Whether the cursor stands below the line that runs. */
  #hasLeft = false;
  #isRunning = false;
  #isCompleting = false;
  /** Keys that were pressed while a command ran, or a word was being completed. */
  #queue: string[] = [];

  constructor(terminal: Terminal, room: ScreenRoom) {
    this.#terminal = terminal;
    this.#room = room;
    this.#editor = new LineEditor(room.history);
    // Asks for what is pasted to come as one, and marked.
    terminal.write('\x1b[?2004h');
    if (room.entries.length === 0) terminal.write(`${terminalText.greeting}\r\n`);
    for (const entry of room.entries) this.#replay(entry);
    terminal.onData((data) => void this.#key(data));
    terminal.onResize(() => {
      this.#drawn = undefined;
      this.draw();
    });
    this.draw();
  }

  /** Puts lines in where the cursor is; nothing is run. */
  insert(text: string): void {
    this.#editor.insert(text.replace(/\n$/, ''));
    this.draw();
  }

  /** Draws prompt and line anew. */
  draw(): void {
    if (this.#isRunning || this.#room.busy) return;
    const { columns, rows } = { columns: this.#terminal.cols, rows: this.#terminal.rows };
    const { text, cursor } = this.#editor;
    const shown = visible(layout(this.#prompt(), text, cursor, columns), rows);
    const drawn = JSON.stringify(shown);
    if (drawn === this.#drawn) return;
    const below = shown.rows.length - 1 - shown.row;
    this.#terminal.write(
      `${up(this.#row)}\r\x1b[J${shown.rows.join('\r\n')}${up(below)}\r${shown.column > 0 ? `\x1b[${shown.column}C` : ''}`,
    );
    this.#row = shown.row;
    this.#column = shown.column;
    this.#drawn = drawn;
  }

  /** Draws what has become of the line; a letter at its end by itself, so that screen readers say no more than it. */
  #redraw(before: string, typed: string): void {
    const { text, search } = this.#editor;
    const column = this.#column + cellsOf(typed);
    const isAtEnd = text === before + typed && !typed.includes('\n') && column < this.#terminal.cols;
    if (search || !isAtEnd || this.#drawn === undefined) {
      this.draw();
      return;
    }
    this.#terminal.write(typed);
    this.#column = column;
    this.#drawn = '';
  }

  #prompt(): Prompt {
    const { search } = this.#editor;
    if (search) {
      const shown = `(reverse-i-search)\`${search.query}': `;
      return { shown, width: shown.length };
    }
    return promptOf(this.#room.prompt);
  }

  async #key(data: string): Promise<void> {
    if (this.#isCompleting) {
      this.#queue.push(data);
      return;
    }
    if (this.#isRunning || this.#room.busy) {
      if (data !== '\x03') this.#queue.push(data);
      else this.#interrupt();
      return;
    }
    const before = this.#editor.text;
    switch (this.#editor.key(data)) {
      case 'changed':
        this.#redraw(before, data);
        return;
      case 'submit':
        return this.#submit();
      case 'interrupt':
        this.#leaveLine('^C');
        this.#editor.discard();
        this.draw();
        return;
      case 'clear':
        this.#room.clear();
        this.#terminal.write('\x1b[2J\x1b[3J\x1b[H');
        this.#row = 0;
        this.#drawn = undefined;
        this.draw();
        return;
      case 'complete':
        return this.#complete();
      case 'leave':
        this.#editor.insert('exit');
        return this.#submit();
      case 'none':
        return;
    }
  }

  /** Those that waited. What they begin may let the others wait again. */
  async #keysOfBefore(): Promise<void> {
    for (let data = this.#queue.shift(); data !== undefined; data = this.#queue.shift())
      await this.#key(data);
  }

  #interrupt(): void {
    this.#leaveRunning();
    this.#say({ stream: 'note', text: '^C\n' });
    // As a terminal does: what was typed ahead is not for the shell any more.
    this.#queue = [];
    this.#room.interrupt();
  }

  async #submit(): Promise<void> {
    this.#editor.move(this.#editor.text.length);
    this.draw();
    const text = this.#editor.text;
    if (text.trim() === '') {
      this.#leaveLine();
      this.#editor.discard();
      this.draw();
      return;
    }
    this.#hasLeft = false;
    // The room is done, and its prompt another, before this goes on: the line must not be drawn again below its answer.
    this.#isRunning = true;
    const isWhole = await this.#room.run(text, (said) => {
      this.#leaveRunning();
      this.#say(said);
    });
    this.#isRunning = false;
    if (isWhole) {
      this.#leaveRunning();
      this.#editor.take();
      if (!this.#atStart) this.#terminal.write('\r\n');
      this.#atStart = true;
    } else this.#editor.continueBelow();
    this.draw();
    await this.#keysOfBefore();
  }

  async #complete(): Promise<void> {
    const { text, cursor } = this.#editor;
    this.#isCompleting = true;
    const { start, choices } = await this.#room.complete(text, cursor).finally(() => {
      this.#isCompleting = false;
    });
    const common = commonStart(choices);
    if (common.length > cursor - start) this.#editor.replace(start, cursor, common);
    else if (choices.length > 1) {
      this.#leaveLine();
      const names = choices.map((choice) => choice.trimEnd().replace(/^(.*\/)(?=[^/])/, ''));
      this.#terminal.write(inColumns(names, this.#terminal.cols).replaceAll('\n', '\r\n'));
    }
    this.draw();
    await this.#keysOfBefore();
  }

  /** Goes below the line that runs, once: whether it is whole is not known before something is said. */
  #leaveRunning(): void {
    if (!this.#hasLeft) this.#leaveLine();
    this.#hasLeft = true;
  }

  /** Goes below what was typed. */
  #leaveLine(mark = ''): void {
    const all = layout(this.#prompt(), this.#editor.text, this.#editor.cursor, this.#terminal.cols);
    const below = visible(all, this.#terminal.rows).rows.length - 1 - this.#row;
    this.#terminal.write(`${below > 0 ? `\x1b[${below}B` : ''}${mark}\r\n`);
    this.#row = 0;
    this.#drawn = undefined;
  }

  #say({ text }: Said): void {
    this.#terminal.write(text.replaceAll('\n', '\r\n'));
    this.#atStart = text.endsWith('\n') || text.endsWith('\x1b[H');
  }

  /** Shows what was run before this screen was there. */
  #replay({ prompt, text, said }: Entry): void {
    const { rows } = layout(promptOf(prompt), text, text.length, this.#terminal.cols);
    this.#terminal.write(`${rows.join('\r\n')}\r\n`);
    for (const each of said) this.#say(each);
    if (!this.#atStart) this.#terminal.write('\r\n');
    this.#atStart = true;
  }
}

/** `Ada@us-east-1:` in the clients' colour, then the folder. */
function promptOf(prompt: string): Prompt {
  const [, who = '', rest = prompt] = /^([^:]*:)(.*)$/s.exec(prompt) ?? [];
  return { shown: `${blue(bold(who))}${rest}`, width: prompt.length };
}

function up(rows: number): string {
  return rows > 0 ? `\x1b[${rows}A` : '';
}
