import { AwsError } from '../errors/aws-error.ts';
import { urlParts, type UrlParts } from './url.ts';

/** Header fields by lower-case name. The platform's own `Headers` will do. */
export interface WireHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null;
}

/** A request that has arrived, but for its body, which may be on its way still. */
export interface Incoming {
  method: string;
  /** Absolute. */
  url: string;
  headers: WireHeaders;
  /** Rejects with RequestEntityTooLargeException, or with anything when it breaks off. */
  body: Uint8Array | Promise<Uint8Array>;
}

/** A request as it came over the wire, read once. */
export interface WireRequest {
  method: string;
  url: UrlParts;
  /** The Host header, or where a browser has hidden it the URL's host. */
  host: string;
  headers: WireHeaders;
  body: Uint8Array;
}

/** Largest request body in bytes. AWS does not publish KMS's own; no valid KMS request comes near this one. */
export const maximumBodyBytes = 1024 * 1024;

/** A Fetch request on its way into the gateway. */
export function incomingFetch(request: Request): Incoming {
  const { method, url, headers } = request;
  const tooLarge = Number(headers.get('content-length')) > maximumBodyBytes;
  const body = tooLarge ? Promise.reject<Uint8Array>(bodyTooLarge()) : bodyOf(request);
  return { method, url, headers, body };
}

async function bodyOf(request: Request): Promise<Uint8Array> {
  return new Uint8Array(await request.arrayBuffer());
}

/**
 * Waits for the body. Throws RequestEntityTooLargeException (HTTP 413) for one over 1 MiB, and
 * SerializationException for one that breaks off.
 */
export async function readRequest({ method, url, headers, body }: Incoming): Promise<WireRequest> {
  const bytes = body instanceof Uint8Array ? body : await arrived(body);
  if (bytes.length > maximumBodyBytes) throw bodyTooLarge();
  const parts = urlParts(url);
  return { method, url: parts, host: headers.get('host') ?? parts.authority, headers, body: bytes };
}

async function arrived(body: Promise<Uint8Array>): Promise<Uint8Array> {
  try {
    return await body;
  } catch (error) {
    throw error instanceof AwsError ? error : new AwsError('SerializationException');
  }
}

/** For a body that is, or is announced to be, larger than `maximumBodyBytes`. */
export function bodyTooLarge(): AwsError {
  return new AwsError(
    'RequestEntityTooLargeException',
    `The request body may have at most ${maximumBodyBytes} bytes.`,
    413,
  );
}
