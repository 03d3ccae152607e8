import type { Passage, Room } from '$lib/glass/pictures/management/rooms.ts';

const roomNames: Record<Room, string> = {
  who: 'Who',
  may: 'May they',
  state: 'State and usage',
  audit: 'Audit record',
};

const roomLines: Record<Room, string> = {
  who: 'KMS computes the signature again, from the request as it came and the secret that it knows.',
  may: 'Every statement and grant that has a say is held against the request.',
  state: 'Even who may, may not with every key: its state and its usage have to fit.',
  audit: 'Whatever came of it, CloudTrail keeps one record of the request.',
};

const about: Record<Room, string[]> = {
  who: [
    'A secret access key is never sent. Client and service each make the same text of the request, and the same HMAC-SHA-256 of it; equal signatures mean that whoever signed holds the secret, and that nothing signed was changed on the way.',
    'The secret does not sign by itself: a key is derived from it for one day, one Region and one service, so that a derived key that leaks is worth little elsewhere.',
  ],
  may: [
    'A Deny anywhere wins. Otherwise the key policy has to let the caller in, directly or by leaving the choice to the caller’s account; or a grant does. Whatever limits the caller (service control policies, a permissions boundary, session policies) has to allow it as well.',
    'Clauses that fit the request are lit. The first one that does not fit keeps its statement from having a say.',
  ],
  state: [
    'The row is that of AWS’s key state table for this operation. KMS looks at it after the policies, so that somebody who may not use a key does not learn its state.',
  ],
  audit: [
    'The record is what AWS CloudTrail would write. It never holds plaintext or key material; the encryption context stands in it in clear.',
    'A request whose sender KMS could not tell leaves no record.',
  ],
};

const passages: Record<Passage, string> = { passed: 'passed', refused: 'refused', absent: 'not come to' };

/** Words of the picture of the management layer. */
export const managementText = {
  rooms: roomNames,
  lines: roomLines,
  about,
  passages,
  tabs: 'The rooms of the management layer',
  request: 'Request',
  latest: 'The latest one',
  noneThen: 'None at this moment',
  example: 'A recorded example',
  requestLine: (operation: string, who: string, outcome: string, time: number) =>
    [operation, who, outcome, new Date(time).toISOString().slice(11, 19)].filter(Boolean).join(' · '),
  ok: 'answered',
  nobody: 'unknown caller',
  of: (operation: string, who: string) => `${operation} by ${who}`,
  house: 'Watch it pass through the house',
  none: 'No request has come yet. Send one, from a lesson or another picture, and see it weighed here.',
  noRequest: 'At this moment of the past there was no request to weigh.',
  missing: 'The trace of this request is no longer kept.',
  loading: 'Looking …',

  who: {
    signature: 'Signature',
    firstKey: 'AWS4 + secret access key',
    canonicalTitle: 'The request, in canonical form',
    canonicalLine: 'One text, line by line. Both sides make it of the request.',
    canonical: {
      method: 'Method',
      path: 'Path',
      query: 'Query',
      header: 'Signed header',
      empty: 'Empty line',
      signedHeaders: 'Names of the signed headers',
      bodyHash: 'SHA-256 of the body',
    },
    emptyValue: '(empty)',
    toSignTitle: 'The string to sign',
    toSignLine: 'Its last line is the SHA-256 of the text above.',
    toSign: {
      algorithm: 'Algorithm',
      time: 'Time of signing',
      scope: 'Scope: day, Region, service',
      hash: 'SHA-256 of the canonical request',
    },
    chainTitle: 'From the secret to the signature',
    chainLine: 'Five times HMAC-SHA-256. Each result is the key of the next.',
    chainKnown: (name: string) =>
      `Computed here, in the page, from the secret access key of ${name}: this cloud is yours, and so is the key.`,
    chainUnknown:
      'This cloud does not hand out the secret of this access key, so the chain is shown without its values.',
    showSecret: 'Show the secret',
    hideSecret: 'Hide the secret',
    hidden: '••••••••',
    columns: { key: 'Key', message: 'Message', result: 'Result' },
    theString: 'the string to sign',
    compareTitle: 'Compared',
    given: 'In the request',
    calculated: 'Calculated by KMS',
    here: 'Calculated by this page',
    same: 'All three are equal.',
    sameTwo: 'Both are equal.',
    different: 'They are not equal. Characters that differ are marked.',
    caller: 'So the caller is',
    key: 'Access key',
    refused: 'Refused here',
    onTrust: 'This cloud takes requests on trust: no signature was checked.',
    noEvidence: 'The check ended before a text to sign was made.',
  },

  may: {
    question: (action: string) => `May they ${action}?`,
    principal: 'Principal',
    action: 'Action',
    resource: 'Resource',
    none: 'No policy was asked: the request was refused before, or the operation needs no permission.',
  },

  state: {
    rule: (rule: string) => `Key state table, row ${rule}`,
    columns: { state: 'Key state', outcome: 'What this operation gets' },
    ok: 'works',
    now: 'the key’s state',
    usage: 'KeyUsage of the key',
    wanted: 'KeyUsage that the operation needs',
    anyUsage: 'any',
    none: 'No key was held against the operation: it was refused before, or the operation is not about a key.',
  },

  audit: {
    columns: { field: 'Field', value: 'Value', meaning: 'What it tells' },
    none: 'This request left no record: KMS could not tell who sent it, or it is still on its way.',
    raw: 'The record as JSON',
    recordName: 'the CloudTrail record',
    meanings: {
      eventVersion: 'Version of the record format.',
      userIdentity: 'Who: the principal that the signature proved, and its access key.',
      eventTime: 'When, to the second, in UTC.',
      eventSource: 'The service that was asked.',
      eventName: 'The operation.',
      awsRegion: 'The Region that was asked.',
      sourceIPAddress: 'Where the request came from; an AWS service stands here by its name.',
      userAgent: 'The program that sent it, as it calls itself.',
      errorCode: 'Why it was refused. AccessDenied is the API’s AccessDeniedException.',
      errorMessage: 'The words that the caller got.',
      requestParameters: 'What was asked, without plaintext. null where the caller was not allowed to ask.',
      responseElements: 'What came back, for operations that change something; never a key or a plaintext.',
      additionalEventData: 'More: the key material that did the work.',
      requestID: 'The id that the caller got with the answer.',
      eventID: 'The id of this record.',
      readOnly: 'Whether the operation can change anything.',
      resources: 'The KMS keys that it was about.',
      eventType: 'AwsApiCall: somebody called. AwsServiceEvent: the service did it by itself.',
      managementEvent: 'KMS calls are management events, which every trail records.',
      recipientAccountId: 'The account whose trail this is. Between two accounts, each gets a record.',
      sharedEventID: 'The same in the records of both accounts.',
      serviceEventDetails: 'Details of what the service did by itself.',
      eventCategory: 'Management, Data or Insight.',
      tlsDetails: 'The connection. Here no TLS is spoken: this is what a client of AWS would have.',
    } as Record<string, string>,
  },
};
