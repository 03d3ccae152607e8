/**
 * `npm run bench`: ratios of times taken side by side in one run, printed as tables for ARCHITECTURE.md and
 * written to `test-results/bench.json`.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../scripts/build-site.js';
import { measureInChromium, type PageWeight } from './chromium.ts';
import type { Comparison } from './compare.ts';
import { compareDecisions } from './decisions.ts';
import { compareEndpoint } from './endpoint.ts';
import { compareEngine } from './engine.ts';
import type { GlassResults } from './glass.ts';
import { compareScale } from './scale.ts';
import type { Frames } from './tracing.ts';

const inNode = [...(await compareEngine('Node')), ...(await compareEndpoint())];
const chromium = await measureInChromium(['/', '/playground/', '/lessons/envelope-encryption/']);
const scale = await compareScale();
const comparisons = [...inNode, ...(await compareDecisions()), ...scale.comparisons, ...chromium.comparisons];
const machine = {
  node: process.version,
  chromium: chromium.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
};

console.log(`\nNode ${machine.node}, Chromium ${machine.chromium}, ${machine.cpu}\n`);
console.log(comparisonTable(comparisons));
console.log(weightTable(chromium.weights));
console.log(glassTable(chromium.glass));
console.log(`Memory for one more key: ${(scale.bytesPerKey / 1024).toFixed(1)} KiB\n`);
const { bytesPerKey } = scale;
const results = { machine, comparisons, weights: chromium.weights, glass: chromium.glass, bytesPerKey };
writeFileSync(join(projectRoot, 'test-results/bench.json'), JSON.stringify(results, null, 2));

function comparisonTable(rows: Comparison[]): string {
  return table(
    ['What', 'Ratio (quartiles)', 'Time', 'Compared with', 'Rounds × calls'],
    rows.map(({ name, ratio, spread: [low, high], subject, baseline, rounds, calls }) => [
      name,
      `**${ratio.toFixed(2)}** (${low.toFixed(2)}–${high.toFixed(2)})`,
      time(subject),
      time(baseline),
      `${rounds} × ${calls}`,
    ]),
  );
}

function weightTable(rows: PageWeight[]): string {
  return table(
    ['Page', 'Scripts before interaction', 'Gzipped'],
    rows.map(({ path, scripts, gzipped }) => [
      `\`${path}\``,
      String(scripts),
      `${(gzipped / 1000).toFixed(1)} kB`,
    ]),
  );
}

function glassTable({ frames, dotFrames, tasks }: GlassResults): string {
  const share = ({ wanted, dropped }: Frames) => `${((100 * dropped) / wanted).toFixed(1)} % of ${wanted}`;
  return table(
    ['The glass', 'Measured'],
    [
      ['Frames dropped while it plays a request', share(frames)],
      ['Frames dropped while a page of one script moves one dot', share(dotFrames)],
      ['Frames of the glass with more than 16.7 ms on the processor', String(frames.heavy)],
      ...tasks.map(({ what, longest, busy }) => [
        `Longest task while it ${what}, 1,000 keys and 10,000 requests`,
        `${longest.toFixed(0)} ms, of them ${busy.toFixed(0)} on the processor`,
      ]),
    ],
  );
}

function time(microseconds: number): string {
  return microseconds < 10_000 ? `${microseconds.toFixed(0)} µs` : `${(microseconds / 1000).toFixed(0)} ms`;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line), ''].join('\n');
}
