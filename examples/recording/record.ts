import { KMSServiceException } from '@aws-sdk/client-kms';
import { manualClock } from '../../src/engine/clock/clock.ts';
import { seededRandomness } from '../../src/engine/clock/seeded-randomness.ts';
import { openCloud, type Cloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';
import { readScenario } from '../../src/engine/scenario/read-scenario.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import type { ExampleRequests, ExampleScenario, Recorded } from './example.ts';
import { stillClient } from './still-client.ts';

/** When every example happens, by the cloud's clock and by the machine's. */
const start = Date.parse('2026-10-01T09:00:00Z');

/** Plays an example in a new cloud, whose chance and clocks are set; so each time it gives the same. */
export async function record(
  name: string,
  scenario: ExampleScenario,
  requests: ExampleRequests,
): Promise<Recorded> {
  const cloud = await openExampleCloud(name, scenario);
  const traces: TraceRecord[] = [];
  try {
    cloud.observe(({ trace }) => traces.push(trace));
    const sent = await play(cloud, requests);
    while (traces.length < sent) await new Promise((resolve) => setTimeout(resolve, 1));
    const trace = traces.at(-1);
    if (!trace) throw new Error(`The example ${name} sends no request.`);
    return { trace, view: await cloud.view() };
  } finally {
    await cloud.close();
  }
}

/** Gives how many requests were sent. */
async function play(cloud: Cloud, requests: ExampleRequests): Promise<number> {
  let sent = 0;
  let refused = 0;
  try {
    await requests({
      kms(name, region = 'us-east-1') {
        const identity = cloud.identities().find((candidate) => candidate.name === name);
        if (!identity) throw new Error(`This scenario has no ${name}.`);
        const fetch = async (request: Request) => {
          if (refused > 0) throw new Error('A request before the last one was refused.');
          sent++;
          const response = await cloud.fetch(request);
          // Audit records of requests that change nothing wait for others by the machine's time, which is not still.
          await cloud.flush();
          if (!response.ok) refused++;
          return response;
        };
        return stillClient({ identity, region, time: start, fetch });
      },
      wait: (seconds) => cloud.clock.moveTo(cloud.clock.now() + seconds * 1000),
      operate: (act) => cloud.operate(act),
    });
  } catch (error) {
    if (!(error instanceof KMSServiceException)) throw error;
  }
  return sent;
}

async function openExampleCloud(name: string, { accounts }: ExampleScenario): Promise<Cloud> {
  const seed = `example ${name}`;
  const scenario = readScenario({
    version: 1,
    seed,
    clock: { start: new Date(start).toISOString(), pace: 'still' },
    accounts,
  });
  const machine = { clock: manualClock(start), randomness: seededRandomness(seed, 'machine') };
  const hsm = await openHsm({ store: memoryHsmStore(), ...machine, seed });
  return openCloud({ adapter: memoryAdapter(), hsm, ...machine, scenario });
}
