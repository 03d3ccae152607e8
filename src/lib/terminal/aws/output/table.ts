/** Tables drawn in characters (awscli, `formatter.py` and `table.py`). */
import { CliFailure, exitCodes } from '../failure.ts';
import { isMap, type Value, type Values } from '../io.ts';
import { pythonRound, pythonText } from '../python.ts';
import { widthOf } from './width.ts';

interface Section {
  title: string;
  indent: number;
  headers: string[];
  rows: string[][];
  /** Width of the widest cell in each column. */
  widths: number[];
}

/** Nothing for an empty value. */
export function tableOf(title: string, value: Value, columns: number): string {
  const table = new Table();
  return table.build(title, value, 0) ? table.render(columns) : '';
}

class Table {
  readonly #sections: Section[] = [];

  build(title: string | undefined, value: Value, indent: number): boolean {
    if (isNothing(value)) return false;
    if (title !== undefined) this.#begin(title, indent);
    if (isMap(value)) this.#map(value, indent);
    else if (Array.isArray(value)) this.#list(value as readonly Value[], title, indent);
    return true;
  }

  #begin(title: string, indent: number): void {
    this.#sections.push({ title, indent, headers: [], rows: [], widths: [] });
  }

  #map(map: Values, indent: number): void {
    const [headers, more] = groupedKeys([map]);
    const [only] = headers;
    if (headers.length === 1 && only !== undefined) this.#row([only, pythonText(map[only])]);
    else if (headers.length > 0) {
      this.#header(headers);
      this.#row(headers.map((name) => pythonText(map[name])));
    }
    for (const name of more) this.build(name, map[name]!, indent + 1);
  }

  #list(items: readonly Value[], title: string | undefined, indent: number): void {
    if (isMap(items[0])) {
      this.#maps(items.filter(isMap), title ?? '', indent);
      return;
    }
    for (const item of items) {
      if (!Array.isArray(item)) this.#row([pythonText(item)]);
      else if (item.every((cell: Value) => !isMap(cell) && !Array.isArray(cell))) {
        this.#row(item.map(pythonText));
      } else this.build(undefined, item as readonly Value[], 0);
    }
  }

  #maps(maps: readonly Values[], title: string, indent: number): void {
    const [headers, more] = groupedKeys(maps);
    this.#header(headers);
    for (const [index, map] of maps.entries()) {
      if (index > 0 && more.length > 0) {
        this.#begin(title, indent);
        this.#header(headers);
      }
      this.#row(headers.map((name) => (Object.hasOwn(map, name) ? pythonText(map[name]) : '')));
      for (const name of more) {
        if (Object.hasOwn(map, name)) this.build(name, map[name]!, indent + 1);
      }
    }
  }

  get #section(): Section {
    return this.#sections.at(-1)!;
  }

  #header(headers: string[]): void {
    this.#section.headers = headers;
    widen(this.#section, headers);
  }

  #row(cells: string[]): void {
    const section = this.#section;
    const wanted = (section.headers.length > 0 ? section.headers : section.rows[0])?.length ?? cells.length;
    if (cells.length !== wanted) {
      throw new CliFailure(
        `Row should have ${wanted} elements, instead it has ${cells.length}`,
        exitCodes.anythingElse,
      );
    }
    section.rows.push(cells);
    widen(section, cells);
  }

  render(columns: number): string {
    let width = this.#width();
    if (width > columns) {
      for (const section of this.#sections) stand(section);
      width = this.#width();
    }
    const parts = this.#sections.flatMap((section) => sectionLines(section, width));
    return ['-'.repeat(width), ...parts].map((line) => `${line}\n`).join('');
  }

  #width(): number {
    return Math.max(...this.#sections.map(totalWidth));
  }
}

/** Python's idea of it. */
function isNothing(value: Value): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isMap(value) ? Object.keys(value).length === 0 : !value;
}

/** Names of scalars, and of all else. */
function groupedKeys(maps: readonly Values[]): [string[], string[]] {
  const entries = maps.flatMap((map) => Object.entries(map));
  const isNested = ([, value]: [string, Value]): boolean => isMap(value) || Array.isArray(value);
  const names = (some: [string, Value][]): string[] => [...new Set(some.map(([name]) => name))].sort();
  return [names(entries.filter((entry) => !isNested(entry))), names(entries.filter(isNested))];
}

function widen(section: Section, cells: readonly string[]): void {
  section.widths = cells.map((cell, index) => Math.max(widthOf(cell), section.widths[index] ?? 0));
}

/** Turns a section with one row on its side: a line a member. */
function stand(section: Section): void {
  const { headers, rows } = section;
  if (rows.length !== 1 || headers.length === 0) return;
  section.rows = headers.map((header, index) => [header, rows[0]![index]!]);
  section.headers = [];
  section.widths = [];
  for (const row of section.rows) widen(section, row);
}

function totalWidth({ title, indent, widths }: Section): number {
  const cells = widths.reduce((sum, width) => sum + width + 4, 0);
  return Math.max(widthOf(title) + 2 + 2 * indent, cells + 2 + 2 * indent);
}

function sectionLines(section: Section, whole: number): string[] {
  const width = whole - 2 * section.indent;
  const { title, headers, rows } = section;
  const lines: string[] = [];
  if (title) {
    lines.push(centered(title, width, '|'));
    if (headers.length === 0 && rows.length === 0) lines.push(`+${'-'.repeat(width - 2)}+`);
  }
  const widths = columnWidths(section, width);
  const rule = widths
    .map((column, index) => `${index === 0 ? '+' : ''}${'-'.repeat(column - (index === 0 ? 2 : 1))}+`)
    .join('');
  if (headers.length > 0) {
    lines.push(
      rule,
      widths.map((column, index) => centered(headers[index]!, column, index === 0 ? '|' : '')).join(''),
    );
  }
  if (rows.length > 0 && widths.length > 0) {
    lines.push(rule, ...rows.map((row) => rowLine(row, widths)), rule);
  }
  const edge = '|'.repeat(section.indent);
  return lines.map((line) => edge + line + edge);
}

function rowLine(row: readonly string[], widths: readonly number[]): string {
  return widths.map((width, index) => alignedLeft(row[index] ?? '', width, index === 0 ? '|' : '')).join('');
}

/** The columns share the width of the whole in the ratio of what is in them. */
function columnWidths({ widths }: Section, whole: number): number[] {
  const padded = widths.map((width) => width + 4);
  if (padded.length === 0) return [];
  const scale = whole / sum(padded);
  const scaled = padded.map((width) => pythonRound(scale * width));
  for (let off = sum(scaled) - whole; off !== 0;) {
    const order = [...scaled.keys()];
    for (const index of off < 0 ? order.reverse() : order) {
      const step = off > 0 ? -1 : 1;
      scaled[index]! += step;
      off += step;
      if (off === 0) break;
    }
  }
  return scaled;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function centered(text: string, width: number, left: string): string {
  const length = widthOf(text);
  const before = Math.max(Math.floor(width / 2) - Math.floor(length / 2) - 1, 0);
  const after = width - 1 - left.length - (Math.floor(width / 2) - Math.floor(length / 2) - 1) - length;
  return `${left}${' '.repeat(before)}${text}${' '.repeat(Math.max(after, 0))}|`;
}

function alignedLeft(text: string, width: number, left: string): string {
  const length = widthOf(text);
  const padding = width - (length + 2 + left.length + 1) >= 0 ? 2 : 0;
  const after = width - left.length - padding - length - 1;
  return `${left}${' '.repeat(padding)}${text}${' '.repeat(Math.max(after, 0))}|`;
}
