import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { AwsError } from '../errors/aws-error.ts';
import type { Table } from '../vault/vault.ts';
import type { Call, Service } from './service.ts';

/** An authenticated call that has come to its end, well or badly. */
export interface FinishedCall {
  call: Call;
  service: Service;
  operation: string;
  readOnly: boolean;
  /** Why it failed; absent when it succeeded. */
  error?: AwsError;
}

/**
 * The audit trail, as the gateway needs it: how to write down a call, and where. The gateway stores the record
 * itself: a mutation's in the transaction that does its work, any other with `Vault.addLater`.
 */
export interface Recorder {
  readonly table: Table<CloudTrailRecord>;
  /** Builds the record and the key that it is filed under; stores nothing. */
  record(finished: FinishedCall): { key: string; record: CloudTrailRecord };
}
