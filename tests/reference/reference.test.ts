import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from '../../src/engine/kms/operations/index.ts';
import { declaredCells } from './table.ts';

/** Cells of a table row, without the marks that only a test run can set, and without Prettier's padding. */
const cellsOf = (row: string) =>
  row
    .split('|')
    .slice(1, 5)
    .map((cell) => cell.replaceAll('°', '').trim());

test('docs/operations.md says what the declarations say (npm run reference writes it anew)', () => {
  const rows = readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| [A-Z]\w+ +\|/.test(line) && !line.startsWith('| Operation '))
    .map(cellsOf);
  const declared = operations
    .map((operation) => declaredCells(operation))
    .sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  expect(rows).toEqual(declared);
});
