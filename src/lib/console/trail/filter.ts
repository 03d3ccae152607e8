import type { CloudTrailRecord } from '$engine/cloudtrail/types.ts';
import type { LookupEventsInput } from '$lib/cloud/cloudtrail.ts';
import { callerName } from '$lib/trail/record.ts';

/** '' lets everything through. */
export interface TrailFilter {
  keyArn: string;
  /** User or role name, or a session's. */
  principal: string;
  operation: string;
  outcome: 'all' | 'ok' | 'refused';
  /** Leaves out the requests by which the console fills its own pages. */
  withoutOwn: boolean;
}

export const noTrailFilter: TrailFilter = {
  keyArn: '',
  principal: '',
  operation: '',
  outcome: 'all',
  withoutOwn: true,
};

/** The one attribute by which CloudTrail is asked: the one that leaves least to read. */
export function lookupOf({ keyArn, operation }: TrailFilter): LookupEventsInput {
  const attribute =
    keyArn !== ''
      ? { AttributeKey: 'ResourceName', AttributeValue: keyArn }
      : operation !== ''
        ? { AttributeKey: 'EventName', AttributeValue: operation }
        : undefined;
  return { MaxResults: 50, ...(attribute && { LookupAttributes: [attribute] }) };
}

/** Whether a record that CloudTrail gave passes the rest of the filter. */
export function passes(record: CloudTrailRecord, filter: TrailFilter): boolean {
  const { principal, operation, outcome, withoutOwn } = filter;
  const refused = record.errorCode !== undefined;
  return (
    (principal === '' || callerName(record).toLowerCase() === principal.trim().toLowerCase()) &&
    (operation === '' || record.eventName === operation) &&
    (outcome === 'all' || refused === (outcome === 'refused')) &&
    !(withoutOwn && isOwnReading(record))
  );
}

const isOwnReading = ({ userAgent, readOnly, eventName, errorCode }: CloudTrailRecord): boolean =>
  userAgent === 'glass-kms-console' &&
  readOnly &&
  errorCode === undefined &&
  /^(List|Describe|Get(?!PublicKey)|Lookup)/.test(eventName);
