import type { Listing } from '../call/paginate.ts';
import type { Globals } from '../global-options.ts';
import type { Value, Values } from '../io.ts';
import { plainValue } from '../python.ts';
import { isEmptyReply, jsonText } from './json.ts';
import { tableOf } from './table.ts';
import { textOf } from './text.ts';
import { yamlText } from './yaml.ts';

/** A reply in the format that was asked for. */
export function printReply(operation: string, reply: Values, globals: Globals, columns: number): string {
  return print(operation, plainValue(reply), globals, columns);
}

/** A listing: as text and as a stream page by page, otherwise as one. Of its pages, `items` are what is shown. */
export function printListing(
  operation: string,
  { pages, nextToken }: Listing,
  items: readonly string[],
  globals: Globals,
  columns: number,
): string {
  const whole = pages.map((page) => plainValue(page) as Values);
  if (globals.output === 'yaml-stream') {
    return whole.map((page) => print(operation, page, globals, columns)).join('');
  }
  const plain = whole.map((page) =>
    Object.fromEntries(items.map((name): [string, Value] => [name, page[name] ?? []])),
  );
  if (globals.output === 'text') {
    const next = nextToken === undefined ? [] : [{ NextToken: { NextToken: nextToken } }];
    return [...plain, ...next].map((page) => print(operation, page, globals, columns)).join('');
  }
  const all: Values = {};
  for (const page of plain) {
    for (const [name, found] of Object.entries(page)) {
      all[name] = [...((all[name] ?? []) as Value[]), ...(found as Value[])];
    }
  }
  if (nextToken !== undefined) all['NextToken'] = nextToken;
  return print(operation, all, globals, columns);
}

function print(operation: string, reply: Value, { output, query }: Globals, columns: number): string {
  const value = query ? query(reply) : reply;
  switch (output) {
    case 'json':
      return jsonText(value);
    case 'text':
      return textOf(value);
    case 'table':
      return tableOf(operation, value, columns);
    case 'yaml':
      return yamlText(value);
    case 'yaml-stream':
      return isEmptyReply(value) ? '' : yamlText([value]);
  }
}
