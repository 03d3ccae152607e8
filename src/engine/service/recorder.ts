import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { AwsError } from '../errors/aws-error.ts';
import type { Caller } from '../iam/types.ts';
import type { Table, Transaction } from '../vault/vault.ts';
import type { Call, JsonObject, Service } from './service.ts';

/** An authenticated call that has come to its end, well or badly. */
export interface FinishedCall {
  call: Call;
  service: Service;
  operation: string;
  readOnly: boolean;
  /** Why it failed; absent when it succeeded. */
  error?: AwsError;
}

/** What a service has done by itself, without a caller: because time passed, or to finish what was asked. */
export interface ServiceEvent {
  /** `RotateKey`, `DeleteKey`, `DeleteExpiredKeyMaterial`, `SynchronizeMultiRegionKey` */
  name: string;
  /** Milliseconds since the Unix epoch, by the cloud's clock. */
  time: number;
  accountId: string;
  region: string;
  /** ARNs of the KMS keys of this account that it was done to. */
  keyArns: readonly string[];
  /**
   * For whom, where a request in one Region is carried on in another. Then the record is that of a call which KMS
   * makes with what they were allowed.
   */
  caller?: Caller;
  requestParameters?: JsonObject;
  responseElements?: JsonObject;
  serviceEventDetails?: JsonObject;
  additionalEventData?: JsonObject;
}

/** A record and the key that it is filed under. */
export interface FiledRecord {
  key: string;
  record: CloudTrailRecord;
}

/**
 * The audit trail, as gateway and services need it: how to write something down, and where. Records of calls are
 * stored by the gateway: a mutation's in the transaction that does its work, any other with `Vault.addLater`.
 */
export interface Recorder {
  readonly table: Table<CloudTrailRecord>;
  /** `own` is for the caller's account, `elsewhere` for the other accounts whose keys were used. */
  record(finished: FinishedCall): { own: FiledRecord; elsewhere: FiledRecord[] };
  /** Puts the record of a service event into the transaction that does its work. */
  readonly recordServiceEvent: RecordServiceEvent;
}

export type RecordServiceEvent = (transaction: Transaction, event: ServiceEvent) => void;
