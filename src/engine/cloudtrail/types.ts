import type { JsonValue } from '../trace/trace.ts';

/** One record in CloudTrail's own format (CloudTrail User Guide, "CloudTrail record contents"). */
export interface CloudTrailRecord {
  eventVersion: '1.11';
  userIdentity: { [name: string]: JsonValue };
  /** `2026-10-01T08:05:11Z`, second precision. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: { [name: string]: JsonValue } | null;
  responseElements: { [name: string]: JsonValue } | null;
  additionalEventData?: { [name: string]: JsonValue };
  /** Absent where nobody has sent a request. */
  requestID?: string;
  eventID: string;
  readOnly: boolean;
  resources?: { accountId: string; type: string; ARN: string }[];
  eventType: 'AwsApiCall' | 'AwsServiceEvent';
  managementEvent: true;
  recipientAccountId: string;
  /** The records of one call in several accounts' trails share it. */
  sharedEventID?: string;
  serviceEventDetails?: { [name: string]: JsonValue };
  eventCategory: 'Management';
  tlsDetails?: { [name: string]: JsonValue };
}
