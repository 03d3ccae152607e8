import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bridge } from '../support/http-bridge.ts';
import { commandLines } from './command-lines.ts';
import { differences } from './differences.ts';
import { ours } from './ours.ts';
import { openTableCloud, playTable, wordsOf, type Played } from './play.ts';
import { findCli, startRealCli, type RealCli } from './real-cli.ts';

/**
 * The table of command lines, by the terminal's `aws` and by the AWS CLI v2. The answers of the AWS CLI are recorded
 * (`npm run cli:record`), for machines that have none; where there is one, as in CI, it is asked anew.
 */
const record = join(import.meta.dirname, 'recorded.json');
const cli = findCli();

/** What an AWS CLI answered, and which it was: another version has other words here and there. */
interface Recorded {
  version: string;
  answers: Played[];
}

const { version, answers: recorded } = JSON.parse(await readFile(record, 'utf8')) as Recorded;

async function realCli(): Promise<RealCli> {
  const cloud = await openTableCloud();
  const { url, close } = await bridge(cloud);
  const folder = await mkdtemp(join(tmpdir(), 'glass-kms-'));
  const real = startRealCli(cli!.python, cloud, url, folder);
  onTestFinished(async () => {
    await real.close();
    await close();
    await rm(folder, { recursive: true });
  });
  return real;
}

async function playedByOurs(lines: typeof commandLines): Promise<Played[]> {
  return playTable(ours(await openTableCloud()), lines);
}

test.runIf(process.env['RECORD_CLI'])('records what the AWS CLI answers', { timeout: 600_000 }, async () => {
  expect(cli, 'an AWS CLI of version 2').toBeDefined();
  const { run } = await realCli();
  const answers = await playTable(run, commandLines);
  await writeFile(record, `${JSON.stringify({ version: cli!.version, answers }, null, 1)}\n`);
});

describe('every command line of the table', () => {
  test('has a record', () => {
    const lines = commandLines.map((entry) => (typeof entry === 'string' ? entry : entry.line));
    expect(recorded.map(({ line }) => line)).toEqual(lines);
    expect(lines.length).toBeGreaterThanOrEqual(150);
  });

  test('is answered as the AWS CLI answers it, to the byte, but for the known differences', async () => {
    const played = await playedByOurs(commandLines);
    const differing = played.filter((answer, index) => {
      return JSON.stringify(answer) !== JSON.stringify(recorded[index]);
    });
    const wrong = differing.filter(({ line }) => !(line in differences));
    // The first is shown whole: what comes after may follow from it.
    expect(wrong[0]).toEqual(recorded.find(({ line }) => line === wrong[0]?.line));
    expect(differing.map(({ line }) => line).sort()).toEqual(Object.keys(differences).sort());
    expect(played.map(({ code }) => code)).toEqual(recorded.map(({ code }) => code));
  });
});

describe.runIf(cli?.version === version)(`the AWS CLI ${version} of this machine`, () => {
  test('answers the whole table as it is recorded, and in one process as by itself', async () => {
    const { run, runProgram } = await realCli();
    expect(await playTable(run, commandLines)).toEqual(recorded);
    const words = wordsOf('aws kms encrypt --key-id a');
    expect(runProgram(words)).toEqual(await run(words));
  });
});
