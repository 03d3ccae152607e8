import { withoutEscapes } from './lossless-text.ts';
import type { Output } from './session.ts';

/** Characters of one output that are shown. */
const shownLength = 200_000;

/**
 * What a command wrote, as text that can be shown: bytes are read as UTF-8, and of control characters only line ends, tabs and
 * the sequences of colours and of `clear` remain.
 */
export function printable({ text, isBinary }: Output): { text: string; cut: number } {
  const decoded = isBinary
    ? new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)))
    : withoutEscapes(text);
  const shown = decoded.slice(0, shownLength);
  const clean = shown
    .replace(/\r\n/g, '\n')
    // eslint-disable-next-line no-control-regex
    .replace(/\x1b(?!\[[\d;]*[mHJ])|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/g, '\u00b7');
  return { text: clean, cut: decoded.length - shown.length };
}

/** Without the sequences of colours. */
export function withoutColours(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\x1b\[[\d;]*[mHJ]/g, '');
}

/** Columns of the table in a text, as `--output table` draws it: dashes, and a line between bars below; 0 without. */
export function tableWidth(text: string): number {
  return /^(-{3,})\n\|.*\|$/m.exec(text)?.[1]!.length ?? 0;
}

/** Whether a text clears the screen, as `clear` does. */
export function clears(text: string): boolean {
  return text.includes('\u001b[2J');
}
