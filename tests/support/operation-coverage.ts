import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';

/**
 * Which tests use which operation with which members, for the reference table. Written down only when
 * OPERATION_COVERAGE names a folder, as `npm run reference` does: one file a test file.
 */
export type Coverage = Record<string, { succeeded: number; refused: number; members: string[] }>;

const folder = process.env['OPERATION_COVERAGE'];
const coverage: Coverage = {};

export function noteOperation(operation: string, input: Record<string, unknown>, succeeded: boolean): void {
  if (folder === undefined) return;
  const entry = (coverage[operation] ??= { succeeded: 0, refused: 0, members: [] });
  entry[succeeded ? 'succeeded' : 'refused']++;
  for (const member of Object.keys(input)) if (!entry.members.includes(member)) entry.members.push(member);
}

/** Keeps what this test file has done so far. */
export function writeCoverage(): void {
  const { testPath } = expect.getState();
  if (folder === undefined || testPath === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${basename(testPath)}.json`), JSON.stringify(coverage));
}
