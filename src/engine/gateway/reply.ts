import type { AwsError } from '../errors/aws-error.ts';
import type { JsonObject } from '../service/service.ts';

/** An answer before it is addressed. */
export interface Reply {
  status: number;
  /** JSON text, empty for operations that return nothing; XML in the query protocol. */
  body: string;
}

/** An answer for the wire, but for Content-Length, which whoever encodes `body` knows. */
export interface WireReply extends Reply {
  headers: Record<string, string>;
}

/** An operation without output members is answered with an empty body, as KMS does. */
export function success(output: JsonObject): Reply {
  for (const _ in output) return { status: 200, body: JSON.stringify(output) };
  return { status: 200, body: '' };
}

/** AWS leaves `message` out where it has nothing to say (InvalidCiphertextException). */
export function failure({ name, message, status }: AwsError): Reply {
  return { status, body: JSON.stringify(message === '' ? { __type: name } : { __type: name, message }) };
}

/** `time` by the clock that signatures are held against: SDKs correct their own by it. */
export function addressed({ status, body }: Reply, requestId: string, time: number): WireReply {
  return {
    status,
    headers: {
      'x-amzn-RequestId': requestId,
      Date: httpDate(time),
      'Content-Type': body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1',
    },
    body,
  };
}

const utf8 = new TextEncoder();

export function toResponse({ status, headers, body }: WireReply): Response {
  const bytes = utf8.encode(body);
  headers['Content-Length'] = String(bytes.length);
  return new Response(bytes, { status, headers });
}

let lastSecond = NaN;
let lastDate = '';

/** Made once a second: turning a date into words takes longer than a lookup of the access key. */
function httpDate(time: number): string {
  const second = Math.floor(time / 1000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastDate = new Date(time).toUTCString();
  }
  return lastDate;
}
