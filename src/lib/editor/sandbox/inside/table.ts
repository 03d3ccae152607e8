import { print } from './print.ts';

const indexName = '(index)';
const valuesName = 'Values';

/** A list or record as Node's `console.table` draws it; `undefined` where there is nothing to make rows of. */
export function drawTable(data: unknown, only?: readonly string[]): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const rows: [string, unknown][] =
    data instanceof Map || data instanceof Set
      ? [...data.values()].map((value: unknown, index) => [String(index), value])
      : Object.entries(data);
  const cells = rows.map(([index, row]) => new Map([[indexName, index], ...cellsOf(row, only)]));
  const names = [...new Set([indexName, ...(only ?? []), ...cells.flatMap((row) => [...row.keys()])])];
  // What is no record stands at the end, under a heading of its own.
  const columns = [
    ...names.filter((name) => name !== valuesName),
    ...names.filter((name) => name === valuesName),
  ];
  const widths = columns.map((name) =>
    Math.max(name.length, ...cells.map((row) => (row.get(name) ?? '').length)),
  );
  const rule = ([left, cross, right]: string) =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(cross)}${right}`;
  const line = (texts: string[]) =>
    `│${texts.map((text, index) => ` ${text.padEnd(widths[index]!)} `).join('│')}│`;
  return [
    rule('┌┬┐'),
    line(columns),
    rule('├┼┤'),
    ...cells.map((row) => line(columns.map((name) => row.get(name) ?? ''))),
    rule('└┴┘'),
  ].join('\n');
}

function cellsOf(row: unknown, only: readonly string[] | undefined): [string, string][] {
  if (typeof row !== 'object' || row === null || ArrayBuffer.isView(row)) return [[valuesName, print(row)]];
  return Object.entries(row)
    .filter(([name]) => !only || only.includes(name))
    .map(([name, value]) => [name, print(value).replaceAll(/\n\s*/g, ' ')]);
}
