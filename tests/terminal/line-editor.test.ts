import { expect, test } from 'vitest';
import { commonStart, inColumns, layout, visible } from '../../src/lib/terminal/editing/layout.ts';
import { LineEditor } from '../../src/lib/terminal/editing/line-editor.ts';

const control = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 64);
const [up, down, left, right] = ['\x1b[A', '\x1b[B', '\x1b[D', '\x1b[C'] as const;

/** The line after keys were pressed, with `|` where the cursor is. */
function after(keys: string[], history: string[] = []): string {
  const editor = new LineEditor(history);
  for (const key of keys) editor.key(key);
  return `${editor.text.slice(0, editor.cursor)}|${editor.text.slice(editor.cursor)}`;
}

const cases: [what: string, keys: string[], line: string][] = [
  ['typing', ['a', 'b'], 'ab|'],
  ['left and right', ['abc', left, left, right], 'ab|c'],
  ['beginning and end', ['abc', control('A'), 'x', control('E'), 'y'], 'xabcy|'],
  ['Home and End', ['abc', '\x1b[H', 'x', '\x1b[F', 'y'], 'xabcy|'],
  ['back by words', ['aws kms list', '\x1bb', '\x1b[1;5D'], 'aws |kms list'],
  ['on by words', ['aws kms', control('A'), '\x1bf'], 'aws| kms'],
  ['Backspace and Delete', ['abc', '\x7f', left, '\x1b[3~'], 'a|'],
  ['Ctrl-U and Ctrl-Y', ['abc', left, control('U'), control('E'), control('Y')], 'cab|'],
  ['Ctrl-K', ['abc', control('A'), right, control('K')], 'a|'],
  ['Ctrl-W', ['aws --key-id x', control('W')], 'aws --key-id |'],
  ['the history', ['draft', up, up], 'one|'],
  ['the history, and back to what was typed', ['draft', up, up, down, down], 'draft|'],
  ['a search', [control('R'), 'o', 'n'], '|one'],
  ['a search, further back', [control('R'), 'o', control('R')], '|one'],
  ['a search that is given up', ['x', control('R'), 'o', control('C')], '|'],
  ['a search that one goes on with', [control('R'), 'tw', control('E'), '!'], 'two!|'],
  ['a paste', ['\x1b[200~a\r\nb\r\n\x1b[201~'], 'a\nb|'],
  ['up within lines', ['\x1b[200~abc\nd\x1b[201~', up, 'x'], 'ax|bc\nd'],
  ['a key that means nothing', ['a', '\x1b[15~', control('O')], 'a|'],
];

test.for(cases)('%s', ([, keys, line]) => {
  expect(after(keys, ['one', 'two'])).toBe(line);
});

test('keys that ask for something', () => {
  const editor = new LineEditor();
  expect(['\r', '\t', '\x03', '\x0c', '\x04'].map((key) => editor.key(key))).toEqual([
    'submit',
    'complete',
    'interrupt',
    'clear',
    'leave',
  ]);
});

test('a line that is taken is in the history, once', () => {
  const editor = new LineEditor(['one']);
  for (const line of ['two', 'two', ' ']) {
    editor.insert(line);
    expect(editor.take()).toBe(line);
  }
  expect(editor.history).toEqual(['one', 'two']);
});

test('rows: wrapped, continued, and with the cursor', () => {
  const prompt = { shown: '$ ', width: 2 };
  expect(layout(prompt, 'abcdefghij', 10, 12)).toEqual({ rows: ['$ abcdefghij', ''], row: 1, column: 0 });
  expect(layout(prompt, 'abcdefghijk', 11, 12)).toEqual({ rows: ['$ abcdefghij', 'k'], row: 1, column: 1 });
  expect(layout(prompt, 'a\nb', 1, 12)).toEqual({ rows: ['$ a', '> b'], row: 0, column: 3 });
  expect(layout(prompt, '漢字', 2, 12)).toEqual({ rows: ['$ 漢字'], row: 0, column: 6 });
  expect(layout({ shown: 'long> ', width: 6 }, 'a', 1, 12)).toEqual({
    rows: ['long> ', 'a'],
    row: 1,
    column: 1,
  });
});

test('of too many rows, those around the cursor are shown', () => {
  const rows = ['0', '1', '2', '3', '4'];
  expect(visible({ rows, row: 4, column: 1 }, 3)).toEqual({ rows: ['2', '3', '4'], row: 2, column: 1 });
  expect(visible({ rows, row: 0, column: 1 }, 3)).toEqual({ rows: ['0', '1', '2'], row: 0, column: 1 });
});

test('completions in columns, and what they share', () => {
  expect(inColumns(['a', 'bb', 'c'], 9)).toBe('a   c\nbb\n');
  expect(commonStart(['--key-spec ', '--key-usage '])).toBe('--key-');
  expect(commonStart([])).toBe('');
});
