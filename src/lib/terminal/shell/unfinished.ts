/** Where a quote, a here-document or a line is not closed, bash asks for another line. */

/** Whether a text breaks off in the middle: in quotes, in a here-document, after `\`, `|`, `&&` or `||`. */
export function breaksOff(text: string): boolean {
  const { quote, awaited, last } = scan(text);
  return quote !== undefined || awaited || /(^|[^\\])(\\\\)*\\$/.test(text) || /(\||&&)\s*$/.test(last);
}

/** Whether a parser's complaint is that the text ends: its place is the end, or it says so. */
export function isAboutTheEnd(message: string, text: string): boolean {
  if (/unexpected EOF|got EOF|unexpected end of/i.test(message)) return true;
  const [, line, column] = /at (\d+):(\d+)/.exec(message) ?? [];
  const lines = text.split('\n');
  return Number(line) === lines.length && Number(column) > lines.at(-1)!.trimStart().length;
}

interface Scan {
  quote: string | undefined;
  /** A here-document has no end. */
  awaited: boolean;
  /** What stands outside quotes and comments in the last line. */
  last: string;
}

function scan(text: string): Scan {
  let quote: string | undefined;
  const delimiters: { word: string; tabs: boolean }[] = [];
  let plain = '';
  const lines = text.split('\n');
  for (const line of lines) {
    const [document] = delimiters;
    if (quote === undefined && document) {
      if ((document.tabs ? line.replace(/^\t+/, '') : line) === document.word) delimiters.shift();
      continue;
    }
    plain = '';
    for (let at = 0; at < line.length; at++) {
      const character = line[at]!;
      if (quote === "'") {
        if (character === "'") quote = undefined;
      } else if (character === '\\') at++;
      else if (character === '"' || character === "'") {
        // Within double quotes a single one is itself.
        if (quote === undefined) quote = character;
        else if (quote === character) quote = undefined;
      } else if (quote === undefined) {
        if (character === '#' && /(^|[\s;|&])$/.test(line.slice(0, at))) break;
        plain += character;
        const [whole, dash, , word] = /^<<(-?)\s*(['"]?)([\w-]+)\2/.exec(line.slice(at)) ?? [];
        if (whole !== undefined && word !== undefined && line[at - 1] !== '<') {
          delimiters.push({ word, tabs: dash === '-' });
          at += whole.length - 1;
        }
      }
    }
  }
  return { quote, awaited: delimiters.length > 0, last: plain };
}
