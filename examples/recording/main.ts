/** `npm run examples`: plays all examples and writes what the site shows of each to its `recorded.json`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/build-site.js';
import { writeRecording } from '../../src/lib/glass/examples/recording.ts';
import { examples } from './all.ts';
import { record } from './record.ts';

for (const [name, { scenario, requests }] of examples) {
  const recorded = await record(name, scenario, requests);
  writeFileSync(join(projectRoot, 'examples', name, 'recorded.json'), writeRecording(recorded));
  const { operation, errorName, steps } = recorded.trace;
  console.log(`${name}: ${operation}, ${errorName ?? 'answered'}, ${steps.length} steps`);
}
