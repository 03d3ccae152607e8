import type { InputOf, Members } from '../declaration/members.ts';
import type { OutputValue } from '../declaration/output.ts';
import type { Clock } from '../clock/clock.ts';
import type { Randomness } from '../clock/randomness.ts';
import type { AwsError } from '../errors/aws-error.ts';
import type { EncryptionContext, Hsm } from '../hsm/hsm.ts';
import type { Decision } from '../iam/types.ts';
import type { ConditionKeys } from '../service/permit.ts';
import type { RecordServiceEvent } from '../service/recorder.ts';
import type { Call } from '../service/service.ts';
import type { CustomKeyStoreBackends } from './custom-key-stores/backends.ts';
import type { KeyReference } from './find-key.ts';
import type { KeyUsage } from './key-specs.ts';
import type { StateRule } from './key-states.ts';
import type { Throttle } from './quotas/request-quotas.ts';
import type { ResourceQuotas } from './quotas/resource-quotas.ts';
import type { KeyRecord } from './records.ts';

/** The rooms that an operation may call on. */
export interface Rooms {
  hsm: Hsm;
  clock: Clock;
  randomness: Randomness;
  /** What stands behind custom key stores. */
  keyStores: CustomKeyStoreBackends;
  quotas: ResourceQuotas;
  /** Request quotas; without it nobody is throttled. */
  throttle?: Throttle;
  /** Writes what KMS does of itself into the trail, in the transaction that does it. */
  recordServiceEvent: RecordServiceEvent;
  /** Key ids for the next CreateKey requests, in order: a scenario may say which its keys have. */
  reservedKeyIds: string[];
}

/** A key that an operation needs, and on what terms. */
export interface KeyUse<Input> {
  /** How the input names it. */
  named: (input: Input, call: Call) => KeyReference;
  takes: 'key' | 'key or alias';
  /** The IAM action that the caller must be allowed on it; without one, the handler decides who may. */
  action?: string;
  /** Row of the state table, where it is not the one of the operation's name. */
  state?: StateRule;
  /** Why a key of this kind is no key for the operation, whatever its state. */
  unfit?: (key: KeyRecord) => AwsError | undefined;
  /** The KeyUsage that it must have. */
  usage?: KeyUsage;
  /** Whether a key of another account may be named. */
  crossAccount: boolean;
  /** The encryption context that goes with this key, for policies and grants to look at; EncryptionContext unless told. */
  context?: (input: Input) => EncryptionContext | undefined;
  /** The algorithm that goes with this key, likewise; EncryptionAlgorithm unless told. */
  algorithm?: (input: Input) => string;
  /** Condition keys that this operation alone brings. */
  conditions?: (input: Input, key: KeyRecord, call: Call) => ConditionKeys;
}

/** Everything that a handler works with. */
export interface Task<Input, Role extends string> {
  input: Input;
  /** The keys that the declaration named: found, permitted, in a fit state and of the right usage. */
  keys: Record<Role, KeyRecord>;
  /** What let the caller use each of them; absent for a key that no action decided about. */
  decisions: Partial<Record<Role, Decision>>;
  call: Call;
  rooms: Rooms;
  /** The enclave's public key, where the request had a Recipient: plaintext leaves the module encrypted to it alone. */
  recipient?: Uint8Array;
}

/** One API operation, as its page in the AWS KMS API Reference tells it. */
export interface OperationDeclaration<M extends Members, Role extends string> {
  /** What it does, in one sentence for learners. */
  summary: string;
  input: M;
  /** As CloudTrail says it. Operations that are not read-only are durable before they answer. */
  readOnly: boolean;
  /** IAM action on `*` that only identity policies decide. */
  accountAction?: string;
  /** The resource that `accountAction` is decided on; `*` unless told. */
  accountResource?: (input: InputOf<M>) => string;
  /** Condition keys that go with `accountAction`. */
  accountConditions?: (input: InputOf<M>) => ConditionKeys;
  /** IAM action on the alias that the input's AliasName names; identity policies alone decide it. */
  aliasAction?: string;
  keys?: Record<Role, KeyUse<InputOf<M>>>;
  /** Rules of the input that no single member's constraints can say. Throws what AWS answers. */
  check?: (input: InputOf<M>) => void;
  /** Where this cloud is not as AWS is: a sentence each, for the reference page. */
  differs?: readonly string[];
  run: (task: Task<InputOf<M>, Role>) => Promise<Record<string, OutputValue>> | Record<string, OutputValue>;
}

export interface Operation {
  name: string;
  declaration: OperationDeclaration<Members, string>;
}

/** Declares one operation. The input type of the handler follows from the declared members. */
export function operation<M extends Members, Role extends string = never>(
  name: string,
  declaration: OperationDeclaration<M, Role>,
): Operation {
  return { name, declaration: declaration as unknown as OperationDeclaration<Members, string> };
}

interface NamesAKey {
  KeyId: string;
}

/** Terms of the cryptographic operations that name their key by KeyId. */
export function cryptoKey(action: string, usage: KeyUsage) {
  return { ...describedKey(action), usage } as const;
}

/** Terms of the operations that look at a key named by KeyId in any form, in any account. */
export function describedKey(action: string) {
  return {
    named: (input: NamesAKey) => input.KeyId,
    takes: 'key or alias',
    action,
    crossAccount: true,
  } as const;
}

/** Terms of the operations that manage a key named by KeyId: key ids and key ARNs of the own account only. */
export function managedKey(action: string) {
  return {
    named: (input: NamesAKey) => input.KeyId,
    takes: 'key',
    action,
    crossAccount: false,
  } as const;
}
