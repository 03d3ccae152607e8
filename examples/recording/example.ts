import type { KMS } from '@aws-sdk/client-kms';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { CloudView } from '../../src/engine/observation.ts';
import type { Scenario } from '../../src/engine/scenario/schema/scenario.ts';
import type { TraceRecord } from '../../src/engine/trace/trace.ts';

/** The cloud that an example begins in. Its seed and its clock are those of all examples. */
export type ExampleScenario = Pick<Scenario, 'accounts'>;

/** What an example's requests have to work with. */
export interface ExampleWorld {
  /** The AWS SDK, acting as a principal of the scenario, in a Region (`us-east-1` unless told). */
  kms: (name: string, region?: string) => KMS;
  /** Moves the cloud's clock forward, in seconds. */
  wait: (seconds: number) => Promise<void>;
  operate: Cloud['operate'];
}

/**
 * Sends an example's requests, one after the other. The last one is what the example shows. That one may be refused,
 * and none before it.
 */
export type ExampleRequests = (world: ExampleWorld) => Promise<unknown>;

/** What the site shows of an example. */
export interface Recorded {
  /** Of the last request. */
  trace: TraceRecord;
  /** The cloud just after it. */
  view: CloudView;
}
