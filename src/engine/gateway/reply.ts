import type { AwsError } from '../errors/aws-error.ts';
import type { JsonObject } from '../service/service.ts';

/** An answer before it becomes a `Response`. */
export interface Reply {
  status: number;
  /** JSON text; empty for operations that return nothing. */
  body: string;
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

const utf8 = new TextEncoder();

/** The HTTP response, dated by the cloud's clock: SDKs correct their own clock by it. */
export function toResponse({ status, body }: Reply, requestId: string, time: number): Response {
  const bytes = utf8.encode(body);
  return new Response(bytes, {
    status,
    headers: {
      'x-amzn-RequestId': requestId,
      Date: httpDate(time),
      'Content-Type': 'application/x-amz-json-1.1',
      'Content-Length': String(bytes.length),
    },
  });
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
