import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { transpile } from '../../src/lib/editor/compiler/transpile.ts';
import { splitPlaces } from '../../src/lib/editor/places.ts';
import { drawTable } from '../../src/lib/editor/sandbox/inside/table.ts';

describe('what a program puts out', () => {
  it('draws tables as Node does', () => {
    const rows = [{ alias: 'alias/a', enabled: true }, 'none'];
    expect(drawTable(rows)).toBe(
      [
        '┌─────────┬───────────┬─────────┬────────┐',
        '│ (index) │ alias     │ enabled │ Values │',
        '├─────────┼───────────┼─────────┼────────┤',
        "│ 0       │ 'alias/a' │ true    │        │",
        "│ 1       │           │         │ 'none' │",
        '└─────────┴───────────┴─────────┴────────┘',
      ].join('\n'),
    );
    expect(drawTable(rows, ['enabled'])).not.toContain('alias');
    expect(drawTable('text')).toBeUndefined();
  });

  it('leads to places in files of the program', () => {
    const text = 'Uncaught Error: no\n    at f (lib/keys.ts:3:14)\n    at other.ts:1:2';
    expect(splitPlaces(text, ['index.ts', 'lib/keys.ts'])).toEqual([
      'Uncaught Error: no\n    at f (',
      { name: 'lib/keys.ts', line: 3, column: 14 },
      ')\n    at other.ts:1:2',
    ]);
  });
});

describe('compiling', () => {
  it('says where it cannot, and else leaves no types', () => {
    const [right, wrong] = transpile(ts, [
      { name: 'index.ts', text: "import { A } from './a.ts';\nconst x: A = await 1;\nconsole.log(x);" },
      { name: 'a.ts', text: 'export type A = number;\nconst = 1;' },
    ]);
    expect(right).toMatchObject({ problems: [] });
    expect(right!.code).toMatch(/^System\.register\(\[\],[^]*async function[^]*console\.log\(x\)/);
    expect(JSON.parse(right!.map)).toMatchObject({ sources: ['index.ts'] });
    expect(wrong!.problems[0]).toMatch(/^a\.ts:2:7: /);
  });
});
