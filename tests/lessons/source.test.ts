import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/checks.ts';
import source from '../../lessons/01-envelope-encryption/01-a-file-of-your-own/solution.ts?raw';
import { highlight, stepSource } from '../../src/lib/lesson/source.ts';

describe.each(Object.keys(checks))('the code shown for step %s', (step) => {
  const code = stepSource(source, step);

  it('is the tested source, word for word, with the imports it needs and no others', () => {
    const [imports = '', ...rest] = code.split('\n\n');
    const body = rest.join('\n\n');
    expect(source).toContain(body.trimEnd());
    const names = [...imports.matchAll(/[{,]\s*(?:type )?(\w+)/g)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      expect(source.split('// #region')[0]).toMatch(new RegExp(`\\b${name}\\b`));
      expect(body).toMatch(new RegExp(`\\b${name}\\b`));
    }
    for (const [command] of body.matchAll(/\b\w+Command\b/g)) expect(names).toContain(command);
  });

  it('is coloured without a change to its text', () => {
    const html = highlight(code);
    const text = html
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(text).toBe(code);
    expect(html).toContain('<span class="token keyword">');
  });
});

it('refuses a step that the solution does not have', () => {
  expect(() => stepSource(source, 'nowhere')).toThrow('nowhere');
});

it('has the same steps in text, checks and solution', () => {
  const folder = 'lessons/01-envelope-encryption/01-a-file-of-your-own';
  expect(readdirSync(folder).sort()).toEqual([
    'checks.ts',
    'lesson.md',
    'mistakes.ts',
    'scenario.ts',
    'solution.ts',
  ]);
  const text = readFileSync(`${folder}/lesson.md`, 'utf8');
  const inFrontMatter = [...text.matchAll(/^ {2}- id: (\S+)$/gm)].map(([, id]) => id);
  const inText = [...text.matchAll(/^<Step id="([a-z-]+)">$/gm)].map(([, id]) => id);
  expect(inFrontMatter).toEqual(Object.keys(checks));
  expect(inText).toEqual(Object.keys(checks));
});
