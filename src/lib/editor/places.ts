/** A place in a file of the program. Lines and columns count from 1. */
export interface Place {
  name: string;
  line: number;
  column: number;
}

/** What the program has put out, with the places in its files (`index.ts:3:14`) apart from the text around them. */
export function splitPlaces(text: string, names: readonly string[]): (string | Place)[] {
  const parts: (string | Place)[] = [];
  let end = 0;
  for (const { 0: found, 1: name, 2: line, 3: column, index } of text.matchAll(
    /([\w/-]+\.[jt]s):(\d+):(\d+)/g,
  )) {
    if (!names.includes(name!)) continue;
    if (index > end) parts.push(text.slice(end, index));
    parts.push({ name: name!, line: +line!, column: +column! });
    end = index + found.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}
