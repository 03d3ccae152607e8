import type { Members } from '../declaration/members.ts';
import { auditedParameters, readInput } from '../declaration/input.ts';
import { writeOutput } from '../declaration/output.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { Call, JsonObject, Service } from '../service/service.ts';
import type { EncryptionContext } from '../hsm/hsm.ts';
import { conditionKeysOf } from './condition-keys.ts';
import { invalidKeyUsage, notFound, notImplemented } from './errors.ts';
import { findKey, type FoundKey } from './find-key.ts';
import { aliasArn } from './identifiers.ts';
import { stateRefusal } from './key-states.ts';
import type { KeyUse, Operation, OperationDeclaration, Rooms } from './operation.ts';
import { operations } from './operations/index.ts';
import { permit } from '../service/permit.ts';
import { permitOnKey } from './permission.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

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
  declaration.check?.(input);
  refuseWhatIsMissing(input);
  permitWithoutKey(declaration, input, call);
  const keys = takeKeys(name, declaration, input, call);
  const output = await declaration.run({ input, keys, call, rooms });
  // Everything was checked and nothing has been stored: the transaction falls with the error.
  if (input['DryRun'] === true) throw dryRunPassed();
  return writeOutput(output);
}

/** Grants and attestation documents are never silently ignored. */
function refuseWhatIsMissing(input: Input): void {
  if (input['Recipient'] !== undefined) throw notImplemented('Recipient (cryptographic attestation)');
  const tokens = input['GrantTokens'] as string[] | undefined;
  // This cloud has issued no grants, so no token can be one of its own.
  if (tokens && tokens.length > 0) throw new AwsError('InvalidGrantTokenException');
}

function permitWithoutKey(declaration: Declaration, input: Input, call: Call): void {
  if (declaration.accountAction) permit(call, declaration.accountAction);
  if (!declaration.aliasAction) return;
  const location = { accountId: call.caller.principal.accountId, region: call.region };
  permit(call, declaration.aliasAction, aliasArn(location, input['AliasName'] as string));
}

/** Finds every key that the operation needs and holds each against its terms. */
function takeKeys(
  operationName: string,
  declaration: Declaration,
  input: Input,
  call: Call,
): Record<string, KeyRecord> {
  const found = Object.entries(declaration.keys ?? {}).map(([role, use]) => ({
    role,
    use,
    key: takeKey(use, input, call),
  }));
  for (const { use, key } of found) checkFitness(operationName, use, key.record, call);
  return Object.fromEntries(found.map(({ role, key }) => [role, key.record]));
}

function takeKey(use: KeyUse<Input>, input: Input, call: Call): FoundKey {
  const reference = use.named(input, call);
  const caller = { accountId: call.caller.principal.accountId, region: call.region };
  const key = findKey(call.transaction, caller, reference, use.takes);
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
      key.fromCiphertext
        ? {
            name: 'Key material id',
            value: (reference as { materialId: string }).materialId,
            direction: 'in',
          }
        : { name: 'KeyId', value: reference, direction: 'in' },
      { name: 'Key ARN', value: arn, direction: 'out' },
      { name: 'KeySpec', value: key.record.spec, direction: 'out' },
      { name: 'KeyUsage', value: key.record.usage, direction: 'out' },
      { name: 'KeyState', value: key.record.state, direction: 'out' },
    ],
  }));
  if (!use.crossAccount && key.record.accountId !== caller.accountId) {
    throw notFound(`Key '${arn}' does not exist`);
  }
  const context = use.context ? use.context(input) : input['EncryptionContext'];
  permitOnKey(
    call,
    use.action,
    key,
    conditionKeysOf(input, context as EncryptionContext | undefined, use.algorithm?.(input)),
  );
  return key;
}

function checkFitness(operationName: string, use: KeyUse<Input>, key: KeyRecord, call: Call): void {
  const arn = arnOfKey(key);
  const refusal =
    stateRefusal(use.state, key.state, arn) ??
    (use.usage !== undefined && use.usage !== key.usage
      ? invalidKeyUsage(`${arn} key usage is ${key.usage} which is not valid for ${operationName}.`)
      : undefined);
  call.trace.step(() => ({
    station: 'may',
    title: refusal ? refusal.message : 'The key’s state and usage allow it.',
    outcome: refusal ? 'refused' : 'ok',
    fields: [
      { name: 'KeyState', value: key.state, direction: 'in' },
      { name: 'KeyUsage', value: key.usage, direction: 'in' },
    ],
  }));
  if (refusal) throw refusal;
}

function dryRunPassed(): AwsError {
  return new AwsError(
    'DryRunOperationException',
    'The request would have succeeded, but the DryRun option is set.',
  );
}
