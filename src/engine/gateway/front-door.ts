import { AwsError } from '../errors/aws-error.ts';
import type { JsonValue } from '../trace/trace.ts';
import { endpointOf } from './endpoint.ts';
import { isForm, readForm, speaksQuery } from './query.ts';
import type { JsonObject, Service } from '../service/service.ts';
import type { WireRequest } from './wire.ts';

/** What the caller wants, once the front door has understood it. */
export interface Wanted {
  service: Service;
  operation: string;
  readOnly: boolean;
  input: JsonObject;
}

/** Objects and lists may stand in each other so deep; the deepest KMS input is 4. */
const maximumDepth = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Understands an AWS JSON 1.1 request: POST to `/`, the operation in `X-Amz-Target`, a JSON object in the body
 * (Smithy, "AWS JSON 1.1 protocol"); or one of the query protocol. Throws UnknownOperationException for anything that is no request to one of
 * these services, SerializationException for a body that is not a JSON object. AWS sends both without a message.
 */
export function understand(wire: WireRequest, services: ReadonlyMap<string, Service>): Wanted {
  const { method, url } = wire;
  if (method !== 'POST' || url.path !== '/') throw new AwsError('UnknownOperationException');
  const asked = isForm(wire) ? readForm(wire, services.values()) : readTarget(wire, services);
  const declared = asked?.service.operation(asked.operation);
  const endpoint = endpointOf(wire.host);
  const elsewhere = endpoint.service !== undefined && endpoint.service !== asked?.service.signingName;
  if (!asked || !declared || elsewhere) throw new AwsError('UnknownOperationException');
  const { service, operation, input = inputOf(wire.body) } = asked;
  return { service, operation, readOnly: declared.readOnly, input };
}

interface Asked {
  service: Service;
  operation: string;
  /** Absent where it is the JSON of the body. */
  input?: JsonObject;
}

function readTarget({ headers }: WireRequest, services: ReadonlyMap<string, Service>): Asked | undefined {
  if (!isAmzJson(headers.get('content-type'))) return undefined;
  const target = headers.get('x-amz-target') ?? '';
  // A target prefix may have dots itself: com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.
  const dot = target.lastIndexOf('.');
  const service = services.get(target.slice(0, Math.max(dot, 0)));
  return service && !speaksQuery(service) ? { service, operation: target.slice(dot + 1) } : undefined;
}

function isAmzJson(contentType: string | null): boolean {
  if (contentType === 'application/x-amz-json-1.1') return true;
  return contentType?.split(';')[0]!.trim().toLowerCase() === 'application/x-amz-json-1.1';
}

function inputOf(body: Uint8Array): JsonObject {
  let input: JsonValue;
  try {
    input = JSON.parse(utf8.decode(body)) as JsonValue;
  } catch {
    throw new AwsError('SerializationException');
  }
  if (!isObject(input) || isTooDeep(input)) throw new AwsError('SerializationException');
  return input;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Level by level, so that no input can exhaust the stack, here or where it is copied later. */
function isTooDeep(input: JsonObject): boolean {
  let level: object[] = [input];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maximumDepth) return true;
    const next: object[] = [];
    for (const value of level) {
      for (const member of Object.values(value) as JsonValue[]) {
        if (typeof member === 'object' && member !== null) next.push(member);
      }
    }
    level = next;
  }
  return false;
}
