import type { Pace } from './clock/cloud-clock.ts';
import type { HsmView } from './hsm/hsm.ts';
import type { TraceRecord } from './trace/trace.ts';

/**
 * What can be seen through the glass from outside: one way only. Nothing here changes the cloud;
 * whoever wants something done sends a signed request.
 */
export interface CloudView {
  /** Sequence number of the last commit: whoever looks can tell whether anything has changed. */
  sequence: number;
  /** The cloud's own time, in milliseconds since the Unix epoch, and how it goes on. */
  clock: { now: number; pace: Pace };
  /** KMS keys that exist, over all accounts and Regions. */
  keys: number;
  /** The storage layer's zones with how many exported key tokens each holds. */
  zones: { name: string; tokens: number }[];
  hsm: HsmView;
  /** CloudTrail records kept. */
  auditRecords: number;
  /** Where the records last; `memory` means that a reload forgets everything. */
  durability: 'memory' | 'durable';
  /** What every key follows from, where the cloud was made from a seed: nothing in it is secret then. */
  seed?: string;
}

/** Sent after each request. */
export interface Observation {
  trace: TraceRecord;
  view: CloudView;
}

/** A person or program of this cloud, with the credentials that the learner may act with. */
export interface Identity {
  /** Principal ARN as IAM has it. */
  arn: string;
  /** `Ada`, `FileVault`, `root` … */
  name: string;
  type: 'Root' | 'User' | 'Role' | 'Service';
  accountId: string;
  description: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}
