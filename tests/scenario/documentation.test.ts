import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../../scripts/build-site.js';
import { parseScenario } from '../../src/engine/scenario/read-scenario.ts';
import { describeForm, scenarioJsonSchema } from './describe-form.ts';

const docs = (name: string) => join(projectRoot, 'docs', name);
const mark = '<!-- What follows is made from the schema: npx vitest run tests/scenario -u -->';

async function formatted(file: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

describe('what is written about scenarios', () => {
  test('follows from the schema', async () => {
    const file = docs('scenario.md');
    const [introduction = ''] = (await readFile(file, 'utf8')).split(mark);
    const text = `${introduction}${mark}\n\n## Every member\n\n${describeForm()}\n`;
    await expect(await formatted(file, text)).toMatchFileSnapshot(file);
  });

  test('is there as JSON Schema, for editors', async () => {
    const file = docs('scenario.schema.json');
    await expect(await formatted(file, JSON.stringify(scenarioJsonSchema()))).toMatchFileSnapshot(file);
  });

  test('shows a scenario that can be read', async () => {
    const text = await readFile(docs('scenario.md'), 'utf8');
    const example = /```json\n([^]*?)```/.exec(text)?.[1];
    expect(parseScenario(example ?? '').accounts).toHaveLength(2);
  });
});
