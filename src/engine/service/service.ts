import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { Caller } from '../iam/types.ts';
import type { JsonValue, Trace } from '../trace/trace.ts';
import type { Table, Transaction, Vault } from '../vault/vault.ts';

export type JsonObject = { [name: string]: JsonValue };

/** What an operation adds to its CloudTrail record while it runs; the gateway fills in the rest. */
export type AuditDraft = Partial<
  Pick<CloudTrailRecord, 'requestParameters' | 'responseElements' | 'additionalEventData' | 'resources'>
>;

/** What work in the storage layer needs, be it a request's or what time has brought about. */
export interface Work {
  transaction: Transaction;
  trace: Trace;
  /** Milliseconds since the Unix epoch, by the cloud's clock. */
  time: number;
}

/** One authenticated request on its way through the house. */
export interface Call extends Work {
  requestId: string;
  region: string;
  caller: Caller;
  sourceIp: string;
  userAgent: string;
  /** `transaction` holds all reads and writes of the request; the gateway commits it, with the audit record, or drops it. */
  audit: AuditDraft;
  /** Set by the operation once it knows which KMS key the request is about. */
  keyArn?: string;
}

/** How a service that speaks the AWS query protocol names itself. */
export interface QueryProtocol {
  /** The form's `Version`. */
  readonly version: string;
  /** Of the reply's XML. */
  readonly namespace: string;
}

/** A service behind the gateway: operations under one target prefix, asked for by AWS JSON 1.1 or by the query protocol. */
export interface Service {
  /** `TrentService` for KMS: the part of `X-Amz-Target` before the dot. */
  readonly targetPrefix: string;
  /** Where it speaks the query protocol, and no JSON. */
  readonly query?: QueryProtocol;
  /** The service name in the SigV4 credential scope: `kms`. */
  readonly signingName: string;
  /** `kms.amazonaws.com` */
  readonly eventSource: string;
  /** What it offers, by operation name. */
  operation(name: string): { readonly readOnly: boolean } | undefined;
  /**
   * Checks and runs one operation. `input` is the parsed JSON body. Resolves with the JSON of the reply,
   * rejects with an `AwsError` that the client is meant to see.
   */
  invoke(name: string, input: JsonObject, call: Call): Promise<JsonObject>;
  /**
   * Does what has become due by `now`, such as rotations and deletions, in the order of their times. Resolves with
   * whether more is left that no request need wait for.
   */
  settle?(vault: Vault, now: number): Promise<boolean>;
  /**
   * Told once of each call that has succeeded and is stored. `eventId` is that of the caller's CloudTrail record;
   * `addLater` stores as `Vault.addLater` does. For what is derived from the audit trail.
   */
  completed?(operation: string, call: Call, eventId: string, addLater: AddLater): void;
}

export type AddLater = <Value>(table: Table<Value>, key: string, value: Value) => void;
