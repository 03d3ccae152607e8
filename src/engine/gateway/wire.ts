import { AwsError } from '../errors/aws-error.ts';
import { urlParts, type UrlParts } from './url.ts';

/** A request as it came over the wire, read once. */
export interface WireRequest {
  method: string;
  url: UrlParts;
  /** The Host header, or where a browser has hidden it the URL's host. */
  host: string;
  headers: Headers;
  body: Uint8Array;
}

/** Largest request body in bytes. AWS does not publish KMS's own; no valid KMS request comes near this one. */
const maximumBodyBytes = 1024 * 1024;

/**
 * Reads a request. Throws RequestEntityTooLargeException (HTTP 413) for a body over 1 MiB, and
 * SerializationException for one that breaks off.
 */
export async function readRequest(request: Request): Promise<WireRequest> {
  const { headers } = request;
  if (Number(headers.get('content-length')) > maximumBodyBytes) throw tooLarge();
  let body: Uint8Array;
  try {
    body = new Uint8Array(await request.arrayBuffer());
  } catch {
    throw new AwsError('SerializationException');
  }
  if (body.length > maximumBodyBytes) throw tooLarge();
  const url = urlParts(request.url);
  return { method: request.method, url, host: headers.get('host') ?? url.authority, headers, body };
}

function tooLarge(): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `The request body may have at most ${maximumBodyBytes} bytes.`,
    413,
  );
}
