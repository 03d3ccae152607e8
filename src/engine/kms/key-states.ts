import type { AwsError } from '../errors/aws-error.ts';
import { disabled, invalidState } from './errors.ts';

/** The states that a key can be in (KMS Developer Guide, "Key states of AWS KMS keys"). */
const keyStates = [
  'Enabled',
  'Disabled',
  'PendingImport',
  'PendingDeletion',
  'PendingReplicaDeletion',
  'Unavailable',
  'Creating',
  'Updating',
] as const;

export type KeyState = (typeof keyStates)[number];

/** Each way in which a state can stand in an operation's way, in AWS's words. */
const refusals = {
  dis: disabled,
  imp: (keyArn) => invalidState(`${keyArn} is pending import.`),
  del: (keyArn) => invalidState(`${keyArn} is pending deletion.`),
  una: (keyArn) => invalidState(`${keyArn} is unavailable.`),
  cre: (keyArn) => invalidState(`${keyArn} is creating.`),
  upd: (keyArn) => invalidState(`${keyArn} is updating.`),
  not: (keyArn) => invalidState(`${keyArn} is not pending deletion.`),
} satisfies Record<string, (keyArn: string) => AwsError>;

type Outcome = 'ok' | keyof typeof refusals;
/** One outcome a state, in the order of `keyStates`. */
type Row = readonly [Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome, Outcome];

/** Works with the key's material. */
const use: Row = ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'ok'];
/** Reads the record around the key, or changes what no state minds. */
const always: Row = ['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'];
/** Changes the record of a key that is to stay. */
const keep: Row = ['ok', 'ok', 'ok', 'del', 'del', 'ok', 'ok', 'ok'];

/**
 * Operation × state → outcome (KMS Developer Guide, "Key state table"). An operation that needs two keys has a
 * row for the second where the two differ.
 */
const table = {
  //                     Enabled, Disabled, P…Import, P…Deletion, P…ReplicaDeletion, Unavailable, Creating, Updating
  CancelKeyDeletion: ['not', 'not', 'not', 'ok', 'ok', 'not', 'not', 'not'],
  CreateAlias: keep,
  CreateGrant: ['ok', 'dis', 'imp', 'del', 'del', 'ok', 'cre', 'ok'],
  Decapsulate: use,
  Decrypt: use,
  DeleteAlias: always,
  DeleteImportedKeyMaterial: ['ok', 'ok', 'ok', 'ok', 'ok', 'una', 'cre', 'upd'],
  DeriveSharedSecret: use,
  DescribeKey: always,
  DisableKey: ['ok', 'ok', 'imp', 'del', 'del', 'ok', 'cre', 'upd'],
  DisableKeyRotation: ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'ok'],
  EnableKey: ['ok', 'ok', 'imp', 'del', 'del', 'ok', 'cre', 'upd'],
  EnableKeyRotation: ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'ok'],
  Encapsulate: use,
  Encrypt: use,
  GenerateDataKey: use,
  GenerateDataKeyPair: use,
  GenerateDataKeyPairWithoutPlaintext: use,
  GenerateDataKeyWithoutPlaintext: use,
  GenerateMac: use,
  GetKeyLastUsage: always,
  GetKeyPolicy: always,
  GetKeyRotationStatus: always,
  GetParametersForImport: ['ok', 'ok', 'ok', 'del', 'del', 'una', 'cre', 'upd'],
  GetPublicKey: ['ok', 'ok', 'ok', 'del', 'del', 'una', 'cre', 'ok'],
  ImportKeyMaterial: ['ok', 'ok', 'ok', 'del', 'del', 'una', 'cre', 'ok'],
  ListGrants: always,
  ListKeyPolicies: always,
  ListKeyRotations: ['ok', 'ok', 'ok', 'ok', 'ok', 'una', 'cre', 'ok'],
  ListResourceTags: always,
  PutKeyPolicy: always,
  ReEncrypt: use,
  ReplicateKey: ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'upd'],
  RetireGrant: always,
  RevokeGrant: always,
  RotateKeyOnDemand: ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'ok'],
  ScheduleKeyDeletion: ['ok', 'ok', 'ok', 'del', 'del', 'ok', 'ok', 'upd'],
  Sign: use,
  TagResource: keep,
  UntagResource: keep,
  UpdateAlias: keep,
  'UpdateAlias, current key': always,
  UpdateKeyDescription: keep,
  UpdatePrimaryRegion: ['ok', 'dis', 'imp', 'del', 'del', 'una', 'cre', 'ok'],
  Verify: use,
  VerifyMac: use,
} satisfies Record<string, Row>;

/** A row of the table. */
export type StateRule = keyof typeof table;

export function hasStateRule(name: string): name is StateRule {
  return Object.hasOwn(table, name);
}

/** The error that AWS answers with, or `undefined` when the state allows it. */
export function stateRefusal(rule: StateRule, state: KeyState, keyArn: string): AwsError | undefined {
  const outcome: Outcome = table[rule][keyStates.indexOf(state)]!;
  return outcome === 'ok' ? undefined : refusals[outcome](keyArn);
}

/** The whole row: what comes of the rule in each state, `ok` or the error's name. */
export function stateOutcomes(rule: StateRule, keyArn: string): Record<KeyState, string> {
  const outcomes = keyStates.map((state) => [state, stateRefusal(rule, state, keyArn)?.name ?? 'ok']);
  return Object.fromEntries(outcomes) as Record<KeyState, string>;
}
