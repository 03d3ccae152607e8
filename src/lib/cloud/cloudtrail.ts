import type { CloudTrailRecord } from '$engine/cloudtrail/types.ts';
import { SignedClient, type ClientOptions, type Door, type Signer, type Target } from './signed-client.ts';

export const cloudTrailTarget: Target = {
  service: 'cloudtrail',
  targetPrefix: 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
};

/** CloudTrail API Reference, LookupEvents, request. */
export interface LookupEventsInput {
  LookupAttributes?: { AttributeKey: string; AttributeValue: string }[];
  StartTime?: Date;
  EndTime?: Date;
  /** 1 to 50. */
  MaxResults?: number;
  NextToken?: string;
}

/** CloudTrail API Reference, Event. */
export interface TrailEvent {
  EventId: string;
  EventName: string;
  EventTime: Date;
  EventSource: string;
  ReadOnly?: string;
  AccessKeyId?: string;
  Username?: string;
  Resources?: { ResourceType?: string; ResourceName?: string }[];
  /** The whole record, as JSON. */
  CloudTrailEvent: string;
}

export interface LookupEventsOutput {
  /** Newest first. */
  Events: TrailEvent[];
  NextToken?: string;
}

export interface CloudTrailClient {
  /**
   * One page of the event history.
   * @throws AwsFault as CloudTrail answers; TypeError when the cloud cannot be reached
   */
  lookupEvents(input?: LookupEventsInput): Promise<LookupEventsOutput>;
}

/** The page's own small client of AWS CloudTrail. */
export function cloudTrailClient(
  connection: Door,
  identity: Signer,
  options?: ClientOptions,
): CloudTrailClient {
  const client = new SignedClient(connection, identity, cloudTrailTarget, options);
  return {
    lookupEvents: async (input = {}) =>
      (await client.send('LookupEvents', input)) as unknown as LookupEventsOutput,
  };
}

/** The record in an event. */
export function recordOf(event: TrailEvent): CloudTrailRecord {
  return JSON.parse(event.CloudTrailEvent) as CloudTrailRecord;
}
