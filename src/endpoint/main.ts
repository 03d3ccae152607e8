import { readFile } from 'node:fs/promises';
import { HsmStoreError } from '../engine/hsm/store/store.ts';
import { parseScenario, ScenarioError } from '../engine/scenario/read-scenario.ts';
import type { Scenario } from '../engine/scenario/schema/scenario.ts';
import { VaultError } from '../engine/vault/vault.ts';
import { FlagError, help, readFlags, type Flags } from './flags.ts';
import { openEndpointCloud } from './open-endpoint-cloud.ts';
import { serve } from './server.ts';
import { failedWith } from './storage/files.ts';
import { LockedError } from './storage/lock.ts';

/** `npm run endpoint`: the engine behind Node's HTTP server, until SIGTERM or SIGINT. See docs/endpoint.md. */
async function main(args: readonly string[]): Promise<void> {
  const flags = readFlags(args);
  if (!flags) {
    process.stdout.write(help);
    return;
  }
  const { cloud, isOld, reset, close } = await openEndpointCloud(flags, await scenarioOf(flags));
  if (isOld && (flags.scenario ?? flags.seed) !== undefined) {
    console.warn(`${flags.data} holds a cloud already; a scenario or a seed is for a new one.`);
  }
  try {
    const endpoint = await serve(cloud, { cloud, reset }, flags.port);
    process.stdout.write(`Glass KMS listening on ${endpoint.url}\n`);
    await stopSignal();
    await endpoint.close();
  } finally {
    await close();
  }
}

async function scenarioOf({ scenario: path }: Flags): Promise<Scenario | undefined> {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new FlagError(`The scenario cannot be read: ${(error as Error).message}`);
  }
  return parseScenario(text);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => resolve());
  });
}

/** What the person at the terminal is told, where a stack trace would not help; `undefined` for a defect of ours. */
function explanationOf(error: unknown): string | undefined {
  if (failedWith(error, 'EADDRINUSE'))
    return 'The port is taken. Stop what uses it, or choose another: --port 0';
  if (failedWith(error, 'EACCES')) return `This is not permitted: ${(error as Error).message}`;
  const isForThem = [FlagError, ScenarioError, LockedError, VaultError, HsmStoreError].some(
    (kind) => error instanceof kind,
  );
  return isForThem ? (error as Error).message : undefined;
}

try {
  await main(process.argv.slice(2));
  process.exitCode = 0;
} catch (error) {
  console.error(explanationOf(error) ?? error);
  process.exitCode = error instanceof FlagError || error instanceof ScenarioError ? 2 : 1;
}
