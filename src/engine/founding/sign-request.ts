import { canonicalRequest, hashHex } from '../gateway/sigv4/canonical-request.ts';
import { signer, stringToSign } from '../gateway/sigv4/signature.ts';
import { basicTime } from '../gateway/sigv4/time.ts';
import type { Incoming } from '../gateway/wire.ts';
import { urlParts } from '../gateway/url.ts';
import type { AccessKey } from '../iam/types.ts';
import type { JsonObject } from '../service/service.ts';

/** A KMS request to sign. */
export interface Unsigned {
  region: string;
  operation: string;
  input: JsonObject;
}

const sign = signer();
const signedHeaders = ['content-type', 'host', 'x-amz-date', 'x-amz-target'];

/**
 * A request as a client would send it, signed by Signature Version 4 (IAM User Guide, "Create a signed AWS API
 * request"): what a scenario wants made goes through the same door as everything else.
 * @param time the machine's, in milliseconds since the Unix epoch
 */
export function signedRequest(
  { region, operation, input }: Unsigned,
  { accessKeyId, secretAccessKey }: AccessKey,
  time: number,
): Incoming {
  const url = `https://kms.${region}.amazonaws.com/`;
  const body = new TextEncoder().encode(JSON.stringify(input));
  const date = basicTime(time);
  const headers = new Map([
    ['content-type', 'application/x-amz-json-1.1'],
    ['host', `kms.${region}.amazonaws.com`],
    ['x-amz-date', date],
    ['x-amz-target', `TrentService.${operation}`],
    ['user-agent', 'glass-kms-scenario'],
  ]);
  const wire = {
    method: 'POST',
    url: urlParts(url),
    host: `kms.${region}.amazonaws.com`,
    headers: { get: (name: string) => headers.get(name) ?? null, [Symbol.iterator]: () => headers.entries() },
    body,
  };
  const canonical = canonicalRequest(wire, signedHeaders, hashHex(body))!;
  const scope = { date: date.slice(0, 8), region, service: 'kms' };
  const signature = sign(secretAccessKey, scope, stringToSign(date, scope, hashHex(canonical)));
  const credential = `${accessKeyId}/${scope.date}/${region}/kms/aws4_request`;
  headers.set(
    'authorization',
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
  );
  return { method: wire.method, url, headers: wire.headers, body };
}
