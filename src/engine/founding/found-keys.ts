import type { Randomness } from '../clock/randomness.ts';
import type { WireReply } from '../gateway/reply.ts';
import type { Incoming } from '../gateway/wire.ts';
import { accessKeys } from '../iam/tables.ts';
import { ScenarioError } from '../scenario/read-scenario.ts';
import { scenarioRequests, type ScenarioRequest } from '../scenario/scenario-requests.ts';
import type { Scenario } from '../scenario/schema/scenario.ts';
import type { Reader } from '../vault/vault.ts';
import { signedRequest } from './sign-request.ts';

interface Door {
  answer: (incoming: Incoming) => Promise<WireReply>;
  /** Where CreateKey looks for the id that its key is to have. */
  reservedKeyIds: string[];
  randomness: Randomness;
  /** The machine's time, in milliseconds since the Unix epoch. */
  now: () => number;
}

/**
 * Makes a scenario's keys by requests that the root users of its accounts sign.
 * Throws `ScenarioError` with the place in the scenario and AWS's answer when one is refused.
 */
export async function foundKeys(reader: Reader, scenario: Scenario, door: Door): Promise<void> {
  for (const request of scenarioRequests(scenario, door.randomness)) {
    if (request.keyId !== undefined) door.reservedKeyIds.push(request.keyId);
    const signed = signedRequest(request, rootKey(reader, request.accountId), door.now());
    const { status, body } = await door.answer(signed);
    // A request that was refused may have left its id, which must not become another key's.
    door.reservedKeyIds.length = 0;
    if (status !== 200) throw new ScenarioError([refusal(request, body)]);
  }
}

function rootKey(reader: Reader, accountId: string) {
  const arn = `arn:aws:iam::${accountId}:root`;
  const found = reader.list(accessKeys).find(({ value }) => value.principalArn === arn);
  if (!found) throw new Error(`The root user of account ${accountId} has no access key.`);
  return found.value;
}

function refusal({ place, operation }: ScenarioRequest, body: string): string {
  const { __type, message } = JSON.parse(body) as { __type: string; message?: string };
  return `${place}: ${operation} was refused: ${[__type, message].filter(Boolean).join(': ')}`;
}
