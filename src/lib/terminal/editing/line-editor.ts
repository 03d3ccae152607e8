/** What a key asks of whoever shows the line. */
export type EditorAction = 'changed' | 'submit' | 'interrupt' | 'clear' | 'complete' | 'leave' | 'none';

/** A search through the history, while it goes on. */
export interface Search {
  query: string;
  /** Place in the history of what was found; -1: nothing. */
  at: number;
}

/** A command line that is being edited, with readline's keys. It knows nothing of how it is shown. */
export class LineEditor {
  #text = '';
  #cursor = 0;
  /** What was cut last, for Ctrl-Y. */
  #cut = '';
  #history: string[];
  /** Place in the history; its length: the line that is being typed. */
  #place: number;
  /** What was typed before the history was walked. */
  #draft = '';
  #search: Search | undefined;

  constructor(history: readonly string[] = []) {
    this.#history = [...history];
    this.#place = this.#history.length;
  }

  get text(): string {
    return this.#text;
  }

  get cursor(): number {
    return this.#cursor;
  }

  get search(): Search | undefined {
    return this.#search;
  }

  get history(): readonly string[] {
    return this.#history;
  }

  /** Puts text in where the cursor is. */
  insert(text: string): void {
    this.replace(this.#cursor, this.#cursor, text);
  }

  replace(start: number, end: number, text: string): void {
    this.#text = this.#text.slice(0, start) + text + this.#text.slice(end);
    this.#cursor = start + text.length;
  }

  /** Begins another line below, where the shell wants more. */
  continueBelow(): void {
    this.#set(`${this.#text}\n`);
  }

  /** Takes the line away, into the history. */
  take(): string {
    const text = this.#text;
    if (text.trim() !== '' && this.#history.at(-1) !== text) this.#history.push(text);
    this.discard();
    return text;
  }

  discard(): void {
    this.#set('');
    this.#search = undefined;
    this.#draft = '';
    this.#place = this.#history.length;
  }

  /** A key, or what else comes from the terminal at once. */
  key(data: string): EditorAction {
    if (this.#search) return this.#searchKey(data);
    if (data.startsWith(pasteStart) && data.endsWith(pasteEnd)) {
      const pasted = data.slice(pasteStart.length, -pasteEnd.length);
      return this.#did(() => this.insert(asLines(pasted)));
    }
    const known = keys[data];
    if (known) return known(this);
    // What begins with Escape and is not known is a key without meaning here.
    if (data.startsWith('\x1b')) return 'none';
    const printable = asLines(data).replace(/(?!\n)\p{Cc}/gu, '');
    return printable === '' ? 'none' : this.#did(() => this.insert(printable));
  }

  move(to: number): void {
    this.#cursor = Math.min(Math.max(to, 0), this.#text.length);
  }

  /** Removes what is between the cursor and `to`, and remembers it. */
  cutTo(to: number): void {
    const [start, end] = to < this.#cursor ? [to, this.#cursor] : [this.#cursor, to];
    this.#cut = this.#text.slice(start, end);
    this.replace(start, end, '');
  }

  /** Removes without remembering. */
  removeTo(to: number): void {
    const [start, end] = to < this.#cursor ? [to, this.#cursor] : [this.#cursor, to];
    if (start >= 0) this.replace(start, end, '');
  }

  yank(): void {
    this.insert(this.#cut);
  }

  /** Beginning and end of the line in which the cursor is; a text may have several. */
  get lineStart(): number {
    return this.#text.lastIndexOf('\n', this.#cursor - 1) + 1;
  }

  get lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#cursor);
    return end < 0 ? this.#text.length : end;
  }

  get wordStart(): number {
    return /\w+\W*$/.exec(this.#text.slice(0, this.#cursor))?.index ?? 0;
  }

  get wordEnd(): number {
    return this.#cursor + (/^\W*\w+/.exec(this.#text.slice(this.#cursor))?.[0].length ?? this.#text.length);
  }

  /** As Ctrl-W has it: up to white space. */
  get spacedWordStart(): number {
    return /\S+\s*$/.exec(this.#text.slice(0, this.#cursor))?.index ?? 0;
  }

  /** Within a text of several lines first, then through the history. */
  walk(step: -1 | 1): void {
    const isAtEdge = step < 0 ? this.lineStart === 0 : this.lineEnd === this.#text.length;
    if (!isAtEdge) {
      this.#moveLine(step);
      return;
    }
    const place = this.#place + step;
    if (place < 0 || place > this.#history.length) return;
    if (this.#place === this.#history.length) this.#draft = this.#text;
    this.#place = place;
    this.#set(this.#history[place] ?? this.#draft);
  }

  startSearch(): void {
    this.#search = { query: '', at: this.#history.length };
  }

  #moveLine(step: -1 | 1): void {
    const column = this.#cursor - this.lineStart;
    this.move(step < 0 ? this.lineStart - 1 : this.lineEnd + 1);
    this.move(Math.min(this.lineStart + column, this.lineEnd));
  }

  #searchKey(data: string): EditorAction {
    const { query, at } = this.#search!;
    if (data === '\x12') return this.#did(() => this.#find(query, at - 1));
    if (data === '\x7f') return this.#did(() => this.#find(query.slice(0, -1), this.#history.length - 1));
    if (!/\p{Cc}/u.test(data)) {
      return this.#did(() => this.#find(query + data, Math.min(at, this.#history.length - 1)));
    }
    this.#search = undefined;
    // Ctrl-C and Ctrl-G give up; Enter runs what was found; any other key goes on with it.
    if (data === '\x03' || data === '\x07') return this.#did(() => this.#set(''));
    return data === '\r' ? 'submit' : data === '\x1b' ? 'changed' : this.key(data);
  }

  #find(query: string, from: number): void {
    let at = from;
    while (at >= 0 && !this.#history[at]!.includes(query)) at--;
    this.#search = { query, at: at < 0 ? (this.#search?.at ?? -1) : at };
    const found = at < 0 ? undefined : this.#history[at];
    if (found !== undefined) {
      this.#set(found);
      this.#cursor = found.indexOf(query);
    }
  }

  #set(text: string): void {
    this.#text = text;
    this.#cursor = text.length;
  }

  #did(act: () => void): 'changed' {
    act();
    return 'changed';
  }
}

/** What a terminal puts around what is pasted. */
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** What is pasted ends its lines in whatever way; its last end is left out, so that nothing runs unseen. */
function asLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
}

function editing(act: (editor: LineEditor) => void): (editor: LineEditor) => EditorAction {
  return (editor) => {
    act(editor);
    return 'changed';
  };
}

const asking = (action: EditorAction) => () => action;

const toStart = editing((editor) => editor.move(editor.lineStart));
const toEnd = editing((editor) => editor.move(editor.lineEnd));
const wordBack = editing((editor) => editor.move(editor.wordStart));
const wordOn = editing((editor) => editor.move(editor.wordEnd));
const remove = editing((editor) => editor.removeTo(Math.min(editor.cursor + 1, editor.text.length)));
const cutWordBack = editing((editor) => editor.cutTo(editor.wordStart));

/** What terminals send for keys, and what readline makes of them. */
const keys: Readonly<Record<string, (editor: LineEditor) => EditorAction>> = {
  '\r': asking('submit'),
  '\t': asking('complete'),
  '\x03': asking('interrupt'),
  '\x0c': asking('clear'),
  '\x04': (editor) => (editor.text === '' ? 'leave' : remove(editor)),
  '\x01': toStart,
  '\x1b[H': toStart,
  '\x1bOH': toStart,
  '\x05': toEnd,
  '\x1b[F': toEnd,
  '\x1bOF': toEnd,
  '\x02': editing((editor) => editor.move(editor.cursor - 1)),
  '\x1b[D': editing((editor) => editor.move(editor.cursor - 1)),
  '\x06': editing((editor) => editor.move(editor.cursor + 1)),
  '\x1b[C': editing((editor) => editor.move(editor.cursor + 1)),
  '\x1bb': wordBack,
  '\x1b[1;5D': wordBack,
  '\x1b[1;3D': wordBack,
  '\x1bf': wordOn,
  '\x1b[1;5C': wordOn,
  '\x1b[1;3C': wordOn,
  '\x10': editing((editor) => editor.walk(-1)),
  '\x1b[A': editing((editor) => editor.walk(-1)),
  '\x0e': editing((editor) => editor.walk(1)),
  '\x1b[B': editing((editor) => editor.walk(1)),
  '\x7f': editing((editor) => editor.removeTo(editor.cursor - 1)),
  '\b': editing((editor) => editor.removeTo(editor.cursor - 1)),
  '\x1b[3~': remove,
  '\x15': editing((editor) => editor.cutTo(editor.lineStart)),
  '\x0b': editing((editor) => editor.cutTo(editor.lineEnd)),
  '\x17': editing((editor) => editor.cutTo(editor.spacedWordStart)),
  '\x1b\x7f': cutWordBack,
  '\x1bd': editing((editor) => editor.cutTo(editor.wordEnd)),
  '\x19': editing((editor) => editor.yank()),
  '\x12': editing((editor) => editor.startSearch()),
};
