import { auditedParameters, readInput } from '../declaration/input.ts';
import { writeOutput } from '../declaration/output.ts';
import type { Call, JsonObject, Service } from '../service/service.ts';
import { permitWithoutKey, takeKeys, type Input } from './admission.ts';
import { ensureManagedKey } from './managed-keys/ensure-managed-key.ts';
import { dryBackends } from './custom-key-stores/dry-run.ts';
import { resealSome } from './domain-keys/reseal.ts';
import { dryRunPassed } from './errors.ts';
import { checkGrantTokens } from './grants/tokens.ts';
import { noteUsage } from './last-usage.ts';
import type { Operation, Rooms } from './operation.ts';
import { operations } from './operations/index.ts';
import { chargeRequest } from './quotas/charge-request.ts';
import { attestationKeys, readRecipient } from './recipient.ts';
import { settle } from './timeline/settle.ts';

/** AWS KMS as a service behind the gateway. */
export function kmsService(rooms: Rooms): Service {
  const byName = new Map<string, Operation>(operations.map((operation) => [operation.name, operation]));
  return {
    targetPrefix: 'TrentService',
    signingName: 'kms',
    eventSource: 'kms.amazonaws.com',
    operation: (name) => byName.get(name)?.declaration,
    invoke: (name, json, call) => run(byName.get(name)!, json, call, rooms),
    async settle(vault, now) {
      await settle(vault, now, rooms);
      return resealSome(vault, rooms.hsm);
    },
    completed: noteUsage,
  };
}

/**
 * The way of every KMS request, in AWS's order: shape, key, permission, state, usage, then the work itself.
 */
async function run(operation: Operation, json: JsonObject, call: Call, rooms: Rooms): Promise<JsonObject> {
  const { name, declaration } = operation;
  const input: Input = readInput(declaration.input, json);
  call.audit.requestParameters = auditedParameters(declaration.input, input);
  chargeRequest(name, declaration, input, call, rooms);
  declaration.check?.(input);
  checkGrantTokens(input['GrantTokens'] as string[] | undefined);
  const attestation = input['Recipient'] ? await readRecipient(call, input['Recipient'], rooms) : undefined;
  const brought = attestation ? attestationKeys(attestation) : {};
  permitWithoutKey(declaration, input, call, brought);
  if (declaration.keys) await ensureManagedKey(name, input, call, rooms);
  const taken = takeKeys(operation, input, call, brought);
  const recipient = attestation?.publicKey;
  const isDryRun = input['DryRun'] === true;
  const output = await declaration.run({
    input,
    ...taken,
    call,
    rooms: isDryRun ? { ...rooms, keyStores: dryBackends(rooms.keyStores) } : rooms,
    ...(recipient && { recipient }),
  });
  // Everything was checked and nothing has been stored: the transaction falls with the error.
  if (isDryRun) throw dryRunPassed();
  return writeOutput(output);
}
