/** A command line as rows of cells, as a terminal shows it. */

export interface Prompt {
  /** With colours. */
  shown: string;
  /** Cells that it takes. */
  width: number;
}

export interface Layout {
  rows: string[];
  /** Where the cursor stands. */
  row: number;
  column: number;
}

/** What stands before each line but the first, as bash's PS2. */
const continued = '> ';

export function layout(prompt: Prompt, text: string, cursor: number, columns: number): Layout {
  const rows = [prompt.shown];
  let column = prompt.width;
  let place = { row: 0, column };
  const feed = (start: string, cells: number) => {
    rows.push(start);
    column = cells;
  };
  // A prompt that leaves no room stands on a line of its own.
  if (column >= columns - 8) feed('', 0);
  let at = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (column + width > columns) feed('', 0);
    if (at === cursor) place = { row: rows.length - 1, column };
    if (character === '\n') feed(continued, continued.length);
    else {
      rows.push(rows.pop()! + character);
      column += width;
    }
    at += character.length;
  }
  if (cursor >= text.length) {
    if (column >= columns) feed('', 0);
    place = { row: rows.length - 1, column };
  }
  return { rows, ...place };
}

/** The rows that fit: those around the cursor, where there are too many. */
export function visible({ rows, row, column }: Layout, height: number): Layout {
  if (rows.length <= height) return { rows, row, column };
  const first = Math.min(Math.max(row - Math.floor(height / 2), 0), rows.length - height);
  return { rows: rows.slice(first, first + height), row: row - first, column };
}

/** Cells that a text takes on one row. */
export function cellsOf(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + widthOf(character), 0);
}

/** Cells: two for East Asian wide characters and pictographs, none for what joins the one before. */
function widthOf(character: string): number {
  if (/\p{Mn}|\u200d|\ufe0f/u.test(character)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    character,
  )
    ? 2
    : 1;
}

/** Names in columns, as `ls` and bash's completion show them. */
export function inColumns(names: readonly string[], columns: number): string {
  const width = Math.max(...names.map((name) => name.length), 0) + 2;
  const each = Math.max(Math.floor(columns / width), 1);
  const rows = Math.ceil(names.length / each);
  const lines = Array.from({ length: rows }, (_, row) =>
    names
      .filter((_name, index) => index % rows === row)
      .map((name) => name.padEnd(width))
      .join('')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** What all of them begin with. */
export function commonStart(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = first.length;
  for (const text of texts) {
    while (!text.startsWith(first.slice(0, length))) length--;
  }
  return first.slice(0, length);
}
