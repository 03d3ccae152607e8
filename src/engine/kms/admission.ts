import type { Members } from '../declaration/members.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { EncryptionContext } from '../hsm/hsm.ts';
import type { Decision } from '../iam/types.ts';
import { permit, type ConditionKeys } from '../service/permit.ts';
import type { Call } from '../service/service.ts';
import type { Station } from '../trace/trace.ts';
import { conditionKeysOf } from './condition-keys.ts';
import { invalidKeyUsage, notFound } from './errors.ts';
import { findKey } from './find-key.ts';
import { aliasArn } from './identifiers.ts';
import { hasStateRule, stateOutcomes, stateRefusal, type StateRule } from './key-states.ts';
import type { KeyUse, Operation, OperationDeclaration } from './operation.ts';
import { permitOnKey } from './permission.ts';
import { arnOfKey, type KeyRecord } from './records.ts';

/** An operation's input, read by its declaration. */
export type Input = Record<string, unknown>;
type Declaration = OperationDeclaration<Members, string>;

/**
 * Asks for what does not depend on a key: actions on the account and on aliases. `brought`: condition keys that do not
 * follow from the input, such as an enclave's. Throws AccessDeniedException.
 */
export function permitWithoutKey(
  declaration: Declaration,
  input: Input,
  call: Call,
  brought: ConditionKeys,
): void {
  const { accountAction, accountResource, accountConditions, aliasAction } = declaration;
  const { accountId } = call.caller.principal;
  if (accountAction) {
    permit(call, accountAction, accountResource?.(input) ?? '*', {
      ...conditionKeysOf(input, undefined, undefined),
      ...brought,
      ...accountConditions?.(input),
    });
  }
  if (!aliasAction) return;
  const location = { accountId, region: call.region };
  permit(call, aliasAction, aliasArn(location, input['AliasName'] as string));
}

/**
 * Finds every key that the operation needs and holds each against its terms: may the caller, and are its state and
 * usage fit. Throws in AWS's words at the first thing that stands in the way.
 */
export function takeKeys(
  { name: operationName, declaration }: Operation,
  input: Input,
  call: Call,
  brought: ConditionKeys,
): { keys: Record<string, KeyRecord>; decisions: Record<string, Decision> } {
  const keys: Record<string, KeyRecord> = {};
  const decisions: Record<string, Decision> = {};
  const uses = Object.entries(declaration.keys ?? {});
  for (const [role, use] of uses) {
    const { key, decision } = takeKey(use, input, call, brought);
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
  brought: ConditionKeys,
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
    | EncryptionContext
    | undefined;
  const conditionKeys = { ...conditionKeysOf(input, context, use.algorithm?.(input)), ...brought };
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
