import { uuid, type Randomness } from '../clock/randomness.ts';
import type { FinishedCall, Recorder } from '../service/recorder.ts';
import { table } from '../vault/vault.ts';
import type { CloudTrailRecord } from './types.ts';
import { userIdentity } from './user-identity.ts';

/** All records, newest first within `account/Region/`. */
export const trail = table<CloudTrailRecord>('cloudtrail.records');

/** Larger than any time in milliseconds, so that subtracting from it turns the order round. */
const endOfTime = 9_999_999_999_999;
const sequenceEnd = 999_999;

/** CloudTrail: writes one record for each authenticated request, in CloudTrail's own format. */
export function recorder(randomness: Randomness): Recorder {
  let sequence = 0;
  return {
    table: trail,
    record(finished) {
      const { time, region, caller } = finished.call;
      // Several requests may share a millisecond.
      sequence = (sequence + 1) % sequenceEnd;
      const order = `${newestFirst(time, endOfTime)}-${newestFirst(sequence, sequenceEnd)}`;
      return {
        key: `${caller.principal.accountId}/${region}/${order}`,
        record: recordOf(finished, uuid(randomness)),
      };
    },
  };
}

function newestFirst(value: number, end: number): string {
  return String(end - value).padStart(String(end).length, '0');
}

function recordOf(
  { call, service, operation, readOnly, error }: FinishedCall,
  eventID: string,
): CloudTrailRecord {
  const { audit } = call;
  const denied = error?.name === 'AccessDeniedException';
  const host = `${service.signingName}.${call.region}.amazonaws.com`;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(call.caller),
    eventTime: awsTime(call.time),
    eventSource: service.eventSource,
    eventName: operation,
    awsRegion: call.region,
    sourceIPAddress: call.sourceIp,
    userAgent: call.userAgent,
    ...(error && {
      // The one error that CloudTrail names otherwise than the API does.
      errorCode: denied ? 'AccessDenied' : error.name,
      ...(error.message !== '' && { errorMessage: error.message }),
    }),
    requestParameters: denied ? null : (audit.requestParameters ?? null),
    responseElements: error ? null : (audit.responseElements ?? null),
    ...(!error && audit.additionalEventData && { additionalEventData: audit.additionalEventData }),
    requestID: call.requestId,
    eventID,
    readOnly,
    ...(audit.resources && { resources: audit.resources }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: call.caller.principal.accountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_256_GCM_SHA384',
      clientProvidedHostHeader: host,
    },
  };
}

/** `2026-10-01T08:05:11Z`. `time` in milliseconds since the Unix epoch. */
function awsTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
