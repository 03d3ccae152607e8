import type { FinishedCall, ServiceEvent } from '../service/recorder.ts';
import { awsTime } from './time.ts';
import type { CloudTrailRecord } from './types.ts';
import { userIdentity } from './user-identity.ts';

/** The record of a call for the trail of `recipientAccountId`. */
export function callRecord(
  { call, service, operation, readOnly, error }: FinishedCall,
  { eventID, recipientAccountId }: { eventID: string; recipientAccountId: string },
): CloudTrailRecord {
  const { audit, caller } = call;
  const isDenied = error?.name === 'AccessDeniedException';
  const byService = caller.principal.type === 'Service' ? caller.principal.name : caller.accessKey.viaService;
  return {
    eventVersion: '1.11',
    userIdentity: userIdentity(caller),
    eventTime: awsTime(call.time),
    eventSource: service.eventSource,
    eventName: operation,
    awsRegion: call.region,
    // A service that calls for somebody stands here by its name, with no address of its own.
    sourceIPAddress: byService ?? call.sourceIp,
    userAgent: byService ?? call.userAgent,
    ...(error && {
      // The one error that CloudTrail names otherwise than the API does.
      errorCode: isDenied ? 'AccessDenied' : error.name,
      ...(error.message !== '' && { errorMessage: error.message }),
    }),
    requestParameters: isDenied ? null : (audit.requestParameters ?? null),
    responseElements: error ? null : (audit.responseElements ?? null),
    ...(!error && audit.additionalEventData && { additionalEventData: audit.additionalEventData }),
    requestID: call.requestId,
    eventID,
    readOnly,
    ...(audit.resources && { resources: audit.resources }),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId,
    eventCategory: 'Management',
    ...(byService === undefined && {
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_256_GCM_SHA384',
        clientProvidedHostHeader: `${service.signingName}.${call.region}.amazonaws.com`,
        keyExchange: 'X25519MLKEM768',
      },
    }),
  };
}

const internal = 'AWS Internal';

/** The record of what KMS has done by itself (KMS Developer Guide, "CloudTrail log entries": RotateKey, DeleteKey …). */
export function serviceEventRecord(event: ServiceEvent, eventID: string): CloudTrailRecord {
  const { accountId, caller, serviceEventDetails, additionalEventData } = event;
  const invokedBy = caller ? 'kms.amazonaws.com' : internal;
  return {
    eventVersion: '1.11',
    userIdentity: { ...(caller ? userIdentity(caller) : { accountId }), invokedBy },
    eventTime: awsTime(event.time),
    eventSource: 'kms.amazonaws.com',
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: invokedBy,
    userAgent: invokedBy,
    requestParameters: event.requestParameters ?? null,
    responseElements: event.responseElements ?? null,
    ...(additionalEventData && { additionalEventData }),
    eventID,
    readOnly: false,
    resources: event.keyArns.map((ARN) => ({ accountId, type: 'AWS::KMS::Key', ARN })),
    // AWS's own example of this one event says so.
    eventType: caller || event.name === 'SynchronizeMultiRegionKey' ? 'AwsApiCall' : 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: accountId,
    ...(serviceEventDetails && { serviceEventDetails }),
    eventCategory: 'Management',
  };
}
