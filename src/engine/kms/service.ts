import type { Members } from '../declaration/members.ts';
import { auditedParameters, readInput } from '../declaration/input.ts';
import { writeOutput } from '../declaration/output.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { Attestation, EncryptionContext } from '../hsm/hsm.ts';
import type { Decision } from '../iam/types.ts';
import { permit, type ConditionKeys } from '../service/permit.ts';
import type { Call, JsonObject, Service } from '../service/service.ts';
import type { Station } from '../trace/trace.ts';
import { ensureManagedKey } from './managed-keys/ensure-managed-key.ts';
import { conditionKeysOf } from './condition-keys.ts';
import { dryBackends } from './custom-key-stores/dry-run.ts';
import { resealSome } from './domain-keys/reseal.ts';
import { dryRunPassed, invalidKeyUsage, notFound } from './errors.ts';
import { findKey } from './find-key.ts';
import { checkGrantTokens } from './grants/tokens.ts';
import { aliasArn } from './identifiers.ts';
import { hasStateRule, stateOutcomes, stateRefusal, type StateRule } from './key-states.ts';
import { noteUsage } from './last-usage.ts';
import type { KeyUse, Operation, OperationDeclaration, Rooms } from './operation.ts';
import { operations } from './operations/index.ts';
import { permitOnKey } from './permission.ts';
import { chargeRequest } from './quotas/charge-request.ts';
import { attestationKeys, readRecipient } from './recipient.ts';
import { arnOfKey, type KeyRecord } from './records.ts';
import { settle } from './timeline/settle.ts';

type Input = Record<string, unknown>;
type Declaration = OperationDeclaration<Members, string>;

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
async function run(
  { name, declaration }: Operation,
  json: JsonObject,
  call: Call,
  rooms: Rooms,
): Promise<JsonObject> {
  const input: Input = readInput(declaration.input, json);
  call.audit.requestParameters = auditedParameters(declaration.input, input);
  chargeRequest(name, declaration, input, call, rooms);
  declaration.check?.(input);
  checkGrantTokens(input['GrantTokens'] as string[] | undefined);
  const attestation = input['Recipient'] ? await readRecipient(call, input['Recipient'], rooms) : undefined;
  permitWithoutKey(declaration, input, call, attestation);
  if (declaration.keys) await ensureManagedKey(name, input, call, rooms);
  const taken = takeKeys(name, declaration, input, call, attestation);
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

function permitWithoutKey(
  declaration: Declaration,
  input: Input,
  call: Call,
  attestation: Attestation | undefined,
): void {
  const { accountAction, accountResource, accountConditions, aliasAction } = declaration;
  const { accountId } = call.caller.principal;
  if (accountAction) {
    permit(call, accountAction, accountResource?.(input) ?? '*', {
      ...conditionsOf(input, attestation),
      ...accountConditions?.(input),
    });
  }
  if (!aliasAction) return;
  const location = { accountId, region: call.region };
  permit(call, aliasAction, aliasArn(location, input['AliasName'] as string));
}

/** What the input and the enclave bring for policies to look at, whichever key it is about. */
function conditionsOf(
  input: Input,
  attestation: Attestation | undefined,
  context?: EncryptionContext,
  algorithm?: string,
): ConditionKeys {
  const found = conditionKeysOf(input, context, algorithm);
  return attestation ? { ...found, ...attestationKeys(attestation) } : found;
}

/** Finds every key that the operation needs and holds each against its terms. */
function takeKeys(
  operationName: string,
  declaration: Declaration,
  input: Input,
  call: Call,
  attestation: Attestation | undefined,
): { keys: Record<string, KeyRecord>; decisions: Record<string, Decision> } {
  const keys: Record<string, KeyRecord> = {};
  const decisions: Record<string, Decision> = {};
  const uses = Object.entries(declaration.keys ?? {});
  for (const [role, use] of uses) {
    const { key, decision } = takeKey(use, input, call, attestation);
    keys[role] = key;
    if (decision) decisions[role] = decision;
  }
  for (const [role, use] of uses) checkFitness(operationName, use, keys[role]!, call);
  return { keys, decisions };
}

function takeKey(
  use: KeyUse<Input>,
  input: Input,
  call: Call,
  attestation: Attestation | undefined,
): { key: KeyRecord; decision?: Decision } {
  const reference = orRefused(call, 'front-door', 'The ciphertext is none that KMS can read.', () =>
    use.named(input, call),
  );
  const caller = { accountId: call.caller.principal.accountId, region: call.region };
  const key = orRefused(call, 'storage', 'No record of such a key is found.', () =>
    findKey(call.transaction, caller, reference, use.takes),
  );
  const arn = arnOfKey(key.record);
  call.keyArn = arn;
  call.audit.resources = [
    ...(call.audit.resources ?? []),
    { accountId: key.record.accountId, type: 'AWS::KMS::Key', ARN: arn },
  ];
  call.trace.step(() => ({
    station: 'storage',
    title: key.fromCiphertext
      ? 'The ciphertext names its own backing key, and so its KMS key.'
      : 'The key’s record is found.',
    outcome: 'ok',
    fields: [
      typeof reference === 'string'
        ? { name: 'KeyId', value: reference, direction: 'in' }
        : { name: 'Key material id', value: reference.materialId, direction: 'in' },
      { name: 'Key ARN', value: arn, direction: 'out' },
      { name: 'KeySpec', value: key.record.spec, direction: 'out' },
      { name: 'KeyUsage', value: key.record.usage, direction: 'out' },
      { name: 'KeyState', value: key.record.state, direction: 'out' },
    ],
  }));
  if (!use.crossAccount && key.record.accountId !== caller.accountId) {
    throw notFound(`Key '${arn}' does not exist`);
  }
  if (use.action === undefined) return { key: key.record };
  const context = (use.context ? use.context(input) : input['EncryptionContext']) as
    EncryptionContext | undefined;
  const conditionKeys = conditionsOf(input, attestation, context, use.algorithm?.(input));
  if (use.conditions) Object.assign(conditionKeys, use.conditions(input, key.record, call));
  return { key: key.record, decision: permitOnKey(call, use.action, key, { conditionKeys, context }) };
}

/** Does `work`; where that ends in an error of AWS, the trace says in which room, and how. */
function orRefused<Result>(call: Call, station: Station, title: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof AwsError) {
      const { name, message } = error;
      call.trace.step(() => ({
        station,
        title,
        outcome: 'refused',
        fields: [
          { name: 'Error', value: name, direction: 'out' },
          { name: 'Message', value: message, direction: 'out' },
        ],
      }));
    }
    throw error;
  }
}

function checkFitness(operationName: string, use: KeyUse<Input>, key: KeyRecord, call: Call): void {
  const refusal = unfitness(operationName, use, key);
  call.trace.step(() => ({
    station: 'may',
    title: refusal ? refusal.message || refusal.name : 'The key’s state and usage allow it.',
    outcome: refusal ? 'refused' : 'ok',
    fields: [
      { name: 'KeyState', value: key.state, direction: 'in' },
      { name: 'KeyUsage', value: key.usage, direction: 'in' },
      { name: 'Rule of the key state table', value: stateRuleOf(operationName, use), direction: 'in' },
      {
        name: 'Outcome by state',
        value: stateOutcomes(stateRuleOf(operationName, use), arnOfKey(key)),
        direction: 'out',
      },
      ...(use.usage === undefined
        ? []
        : [{ name: 'KeyUsage wanted', value: use.usage, direction: 'in' } as const]),
    ],
  }));
  if (refusal) throw refusal;
}

function stateRuleOf(operationName: string, use: KeyUse<Input>): StateRule {
  const rule = use.state ?? operationName;
  if (!hasStateRule(rule)) throw new Error(`The state table has no row for ${rule}.`);
  return rule;
}

function unfitness(operationName: string, use: KeyUse<Input>, key: KeyRecord): AwsError | undefined {
  const arn = arnOfKey(key);
  const rule = stateRuleOf(operationName, use);
  const refusal = use.unfit?.(key) ?? stateRefusal(rule, key.state, arn);
  if (refusal) return refusal;
  return use.usage !== undefined && use.usage !== key.usage
    ? invalidKeyUsage(`${arn} key usage is ${key.usage} which is not valid for ${operationName}.`)
    : undefined;
}
