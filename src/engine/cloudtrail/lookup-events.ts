import { decodeBase64, encodeBase64 } from '../declaration/base64.ts';
import {
  about,
  integer,
  list,
  oneOf,
  required,
  string,
  structure,
  timestamp,
  withDefault,
  type InputOf,
} from '../declaration/members.ts';
import { Timestamp, type OutputValue } from '../declaration/output.ts';
import { AwsError } from '../errors/aws-error.ts';
import type { Call } from '../service/service.ts';
import { trail } from './recorder.ts';
import type { CloudTrailRecord } from './types.ts';

/** What each lookup attribute is compared with (CloudTrail API Reference, LookupAttribute). */
const attributes: Record<string, (record: CloudTrailRecord) => readonly (string | undefined)[]> = {
  EventId: (record) => [record.eventID],
  EventName: (record) => [record.eventName],
  ReadOnly: (record) => [String(record.readOnly)],
  Username: (record) => [userName(record)],
  ResourceType: (record) => (record.resources ?? []).map((resource) => resource.type),
  ResourceName: (record) => (record.resources ?? []).map((resource) => resource.ARN),
  EventSource: (record) => [record.eventSource],
  AccessKeyId: (record) => [record.userIdentity['accessKeyId'] as string | undefined],
};

export const lookupEventsInput = {
  LookupAttributes: about(
    'What the events must have: at most one attribute.',
    list(
      structure({
        AttributeKey: about('Which attribute.', required(oneOf(Object.keys(attributes)))),
        AttributeValue: about('Its value.', required(string({ min: 1, max: 2000 }))),
      }),
    ),
  ),
  StartTime: about('The earliest time of an event.', timestamp()),
  EndTime: about('The latest time of an event.', timestamp()),
  EventCategory: about('insight for Insights events, of which there are none here.', oneOf(['insight'])),
  MaxResults: about('How many events a page has at most, 1 to 50.', withDefault(50, integer())),
  NextToken: about('Where the list goes on: NextToken of the page before.', string()),
};

type LookupEventsInput = InputOf<typeof lookupEventsInput>;

/** CloudTrail's event history goes back so far, in milliseconds. */
const historyLength = 90 * 24 * 60 * 60 * 1000;

/**
 * LookupEvents: the account's event history in this Region, newest first.
 * AWS: CloudTrail API Reference, LookupEvents.
 */
export function lookupEvents(call: Call, input: LookupEventsInput): Record<string, OutputValue> {
  const { MaxResults: most, StartTime: start, EndTime: end } = input;
  if (most < 1 || most > 50) {
    throw new AwsError('InvalidMaxResultsException', 'A maximum of 50 results can be returned.');
  }
  if (start !== undefined && end !== undefined && start > end) {
    throw new AwsError('InvalidTimeRangeException', 'The start time must be before the end time.');
  }
  if ((input.LookupAttributes?.length ?? 0) > 1) {
    throw new AwsError('InvalidLookupAttributesException', 'You can only specify one attribute.');
  }
  // Insights events are another stream, which is empty here.
  if (input.EventCategory === 'insight') return { Events: [] };
  const earliest = Math.max(start ?? 0, call.time - historyLength);
  const latest = end ?? Number.MAX_SAFE_INTEGER;
  return page(call, input, (record) => {
    const time = Date.parse(record.eventTime);
    return time >= earliest && time <= latest && hasAttribute(record, input);
  });
}

function hasAttribute(record: CloudTrailRecord, { LookupAttributes }: LookupEventsInput): boolean {
  const attribute = LookupAttributes?.[0];
  if (!attribute) return true;
  return attributes[attribute.AttributeKey]!(record).includes(attribute.AttributeValue);
}

function page(
  call: Call,
  input: LookupEventsInput,
  wanted: (record: CloudTrailRecord) => boolean,
): Record<string, OutputValue> {
  const prefix = `${call.caller.principal.accountId}/${call.region}/`;
  const events: Record<string, OutputValue>[] = [];
  let after = input.NextToken === undefined ? undefined : prefix + tokenContent(input.NextToken);
  for (;;) {
    const batch = call.transaction.list(trail, { prefix, limit: 200, ...(after !== undefined && { after }) });
    for (const { key, value } of batch) {
      after = key;
      if (!wanted(value)) continue;
      events.push(event(value));
      if (events.length === input.MaxResults) {
        return {
          Events: events,
          NextToken: encodeBase64(new TextEncoder().encode(key.slice(prefix.length))),
        };
      }
    }
    if (batch.length < 200) return { Events: events };
  }
}

function tokenContent(token: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64(token));
  } catch {
    throw new AwsError('InvalidNextTokenException', 'Invalid token.');
  }
}

/** CloudTrail API Reference, Event. */
function event(record: CloudTrailRecord): Record<string, OutputValue> {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    ReadOnly: String(record.readOnly),
    AccessKeyId: record.userIdentity['accessKeyId'] as string | undefined,
    EventTime: new Timestamp(Date.parse(record.eventTime)),
    EventSource: record.eventSource,
    Username: userName(record),
    Resources: (record.resources ?? []).map((resource) => ({
      ResourceType: resource.type,
      ResourceName: resource.ARN,
    })),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** The user's name; for a role session, the session's; for root, `root`. Services have none. */
function userName({ userIdentity }: CloudTrailRecord): string | undefined {
  if (userIdentity['type'] === 'Root') return 'root';
  if (typeof userIdentity['userName'] === 'string') return userIdentity['userName'];
  const { principalId } = userIdentity;
  return typeof principalId === 'string' ? principalId.split(':')[1] : undefined;
}
