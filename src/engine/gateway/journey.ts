import type { CloudTrailRecord } from '../cloudtrail/types.ts';
import type { AwsError } from '../errors/aws-error.ts';
import type { Caller } from '../iam/types.ts';
import {
  recordingTrace,
  silentTrace,
  type Field,
  type Step,
  type Trace,
  type TraceRecord,
} from '../trace/trace.ts';
import type { Wanted } from './front-door.ts';
import type { Reply } from './reply.ts';
import type { Evidence } from './sigv4/authenticate.ts';
import type { Incoming, WireRequest } from './wire.ts';

/** What the gateway learns of one request on its way, for the trace. */
export interface Journey {
  requestId: string;
  time: number;
  incoming: Incoming;
  wire?: WireRequest;
  wanted?: Wanted;
  evidence: Evidence;
  /** Name of the principal whose access key the request claims to be signed with. */
  claimant?: string;
  caller?: Caller;
  keyArn?: string;
  /** Steps of the service's last run. */
  inside: readonly Step[];
  record?: CloudTrailRecord;
}

/** The trace for one run of the operation; a rerun after a conflict starts with an empty one. */
export function freshTrace(watched: boolean): Trace & { readonly steps?: readonly Step[] } {
  return watched ? recordingTrace() : silentTrace;
}

/** Tells the whole journey: from the client through the walls and back. */
export function traceOf(journey: Journey, reply: Reply, error: AwsError | undefined): TraceRecord {
  const { requestId, time, incoming, wanted, caller, keyArn, record } = journey;
  const steps = [sent(journey), ...entered(journey, error), ...journey.inside];
  if (error && !steps.some(({ outcome }) => outcome === 'refused')) steps.push(refusedInside(error));
  if (record) steps.push(audited(record));
  steps.push(answered(reply));
  return {
    requestId,
    ...(record && { eventId: record.eventID }),
    service: wanted?.service.signingName ?? '',
    operation: operationOf(journey),
    ...(caller && { principalArn: caller.arn }),
    ...(keyArn !== undefined && { keyArn }),
    userAgent: userAgentOf(incoming),
    time,
    status: reply.status,
    ...(error && { errorName: error.name, errorMessage: error.message }),
    steps,
  };
}

/** Browsers let no script set User-Agent, so the SDKs say there who they are in a header of AWS's own. */
export function userAgentOf({ headers }: Incoming): string {
  return headers.get('user-agent') ?? headers.get('x-amz-user-agent') ?? '';
}

function operationOf({ wanted, incoming }: Journey): string {
  return wanted?.operation ?? incoming.headers.get('x-amz-target') ?? '';
}

function sent(journey: Journey): Step {
  const { incoming, wire, claimant } = journey;
  const what = journey.wanted ? `${aOrAn(journey.wanted.operation)} request` : 'a request';
  const signed = claimant ? `, signed in the name of ${claimant}` : '';
  return {
    station: 'client',
    title: `A client sends ${what}${signed}.`,
    fields: [
      input('Method', incoming.method),
      input('URL', incoming.url),
      input('Headers', Object.fromEntries(incoming.headers)),
      ...(wire ? [input('Body', withoutSecrets(new TextDecoder().decode(wire.body)))] : []),
    ],
    outcome: 'ok',
  };
}

/** Front door and signature check. */
function entered(journey: Journey, error: AwsError | undefined): Step[] {
  const { wanted, caller } = journey;
  if (!wanted) return [refused('front-door', 'The front door does not understand the request.', [], error)];
  const frontDoor: Step = {
    station: 'front-door',
    title: `The front door understands ${aOrAn(wanted.operation)} request.`,
    fields: [
      input('Target', targetOf(wanted)),
      output('Service', wanted.service.signingName),
      output('Operation', wanted.operation),
      output('Input', JSON.parse(withoutSecrets(JSON.stringify(wanted.input))) as typeof wanted.input),
    ],
    outcome: 'ok',
  };
  if (!caller)
    return [frontDoor, refused('who', 'The signature is refused.', evidenceFields(journey), error)];
  return [
    frontDoor,
    {
      station: 'who',
      title: journey.evidence.isTakenOnTrust
        ? `Nobody looks at the signature: here, every caller is ${caller.principal.name}.`
        : `The signature matches: it is ${caller.principal.name}.`,
      fields: [...evidenceFields(journey), output('Principal', caller.arn)],
      outcome: 'ok',
    },
  ];
}

/** What the caller has named: X-Amz-Target, or a form's Action. */
function targetOf({ service, operation }: Wanted): string {
  return service.query ? operation : `${service.targetPrefix}.${operation}`;
}

function evidenceFields({ evidence }: Journey): Field[] {
  const { accessKeyId, canonicalRequest, stringToSign, signatureGiven, signatureCalculated } = evidence;
  const fields: Field[] = [];
  if (accessKeyId !== undefined) fields.push(input('Access key id', accessKeyId));
  if (canonicalRequest !== undefined) fields.push(output('Canonical request', canonicalRequest));
  if (stringToSign !== undefined) fields.push(output('String to sign', stringToSign));
  if (signatureGiven !== undefined) fields.push(input('Signature given', signatureGiven));
  if (signatureCalculated !== undefined) fields.push(output('Signature calculated', signatureCalculated));
  return fields;
}

/** A refusal after the signature check that no room has described: throttling, or a failure of ours. */
function refusedInside(error: AwsError): Step {
  if (error.status >= 500) return refused('storage', 'The request fails inside the service.', [], error);
  return refused('front-door', `The request is refused: ${error.name}.`, [], error);
}

function refused(
  station: Step['station'],
  title: string,
  fields: Field[],
  error: AwsError | undefined,
): Step {
  const reasons = error
    ? [output('Error', error.name), ...(error.message ? [output('Message', error.message)] : [])]
    : [];
  return { station, title, fields: [...fields, ...reasons], outcome: 'refused' };
}

function audited(record: CloudTrailRecord): Step {
  return {
    station: 'audit',
    title: `CloudTrail records ${record.eventName}.`,
    // A CloudTrail record is JSON by definition; only its optional members keep TypeScript from seeing it.
    fields: [output('Record', JSON.parse(JSON.stringify(record)) as Record<string, string>)],
    outcome: 'ok',
  };
}

function answered({ status, body }: Reply): Step {
  return {
    station: 'client',
    title: status === 200 ? 'The client gets its answer.' : `The client gets an error, HTTP ${status}.`,
    fields: [output('Status', status), output('Body', withoutSecrets(body))],
    outcome: 'ok',
  };
}

const secretMembers =
  /"(Plaintext|PrivateKeyPlaintext|SharedSecret|KeyStorePassword|RawSecretAccessKey|ImportToken)"\s*:\s*"(?:[^"\\]|\\.)*(?:"|$)/g;

/**
 * Secrets are for the client alone: a plaintext may be a data key, and traces are kept and shown. An import token holds
 * the sealed key that opens the material wrapped for it.
 */
function withoutSecrets(body: string): string {
  return body.replace(secretMembers, '"$1":"(for the client alone)"');
}

function input(name: string, value: Field['value']): Field {
  return { name, value, direction: 'in' };
}

function output(name: string, value: Field['value']): Field {
  return { name, value, direction: 'out' };
}

function aOrAn(operation: string): string {
  return `${/^[AEIOU]/.test(operation) ? 'an' : 'a'} ${operation}`;
}
