/** The last step of `npm run reference`: writes `docs/operations.md` from the coverage that a test run has left. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from '../../src/engine/kms/operations/index.ts';
import type { Coverage } from '../support/operation-coverage.ts';
import { referencePage } from './table.ts';

const folder = process.env['OPERATION_COVERAGE']!;
const coverage = readdirSync(folder).map(
  (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Coverage,
);
writeFileSync('docs/operations.md', referencePage(operations, coverage));
