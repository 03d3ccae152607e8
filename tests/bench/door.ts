import { AwsClient } from 'aws4fetch';
import { systemClock } from '../../src/engine/clock/clock.ts';
import { systemRandomness } from '../../src/engine/clock/randomness.ts';
import { openCloud } from '../../src/engine/cloud.ts';
import { openHsm } from '../../src/engine/hsm/open-hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import type { Identity } from '../../src/engine/observation.ts';
import { memoryAdapter } from '../../src/engine/vault/memory.ts';
import type { Candidate } from './compare.ts';

const url = 'https://kms.us-east-1.amazonaws.com/';

/** A way into a cloud, and a way to sign for it. */
export interface Door {
  fetch(request: Request): Promise<Response>;
  sign(operation: string, input: object): Promise<Request>;
}

/** The door of a new cloud in memory, whose engine and module run where this is called. */
export async function memoryDoor(): Promise<Door> {
  const machine = { clock: systemClock, randomness: systemRandomness };
  const hsm = await openHsm({ store: memoryHsmStore(), ...machine });
  const cloud = await openCloud({ adapter: memoryAdapter(), hsm, ...machine });
  return { fetch: (request) => cloud.fetch(request), sign: signAsAda(cloud.identities()) };
}

/** Signs as the cloud's administrator. */
export function signAsAda(identities: Identity[]): Door['sign'] {
  const ada = identities.find(({ name }) => name === 'Ada');
  if (!ada) throw new Error('This cloud has no Ada.');
  const signer = new AwsClient({ ...ada.credentials, service: 'kms', region: 'us-east-1' });
  return (operation, input) =>
    signer.sign(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `TrentService.${operation}` },
      body: JSON.stringify(input),
    });
}

export async function ask(door: Door, operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await accepted(door, await door.sign(operation, input));
  return (await response.json()) as Record<string, unknown>;
}

/** Sends the same signed request again and again, which SigV4 allows for some minutes. Signing is not timed. */
export async function repeated(door: Door, operation: string, input: object): Promise<Candidate> {
  const signed = await door.sign(operation, input);
  const { method, headers } = signed;
  const body = await signed.arrayBuffer();
  let copies: Request[] = [];
  return {
    prepare(calls) {
      copies = Array.from({ length: calls }, () => new Request(url, { method, headers, body }));
    },
    call: () => accepted(door, copies.pop()!),
  };
}

async function accepted(door: Door, request: Request): Promise<Response> {
  const response = await door.fetch(request);
  if (response.status !== 200) throw new Error(await response.text());
  return response;
}
