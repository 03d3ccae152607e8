import { AwsV4Signer } from 'aws4fetch';
import type { Identity } from '$engine/observation.ts';

export interface Unsigned {
  /** In the host name and in the credential scope: `kms`. */
  service: string;
  region: string;
  /** Milliseconds since the Unix epoch. */
  time: number;
  headers: Record<string, string>;
  body: string;
}

/** A request to where AWS would have the service, signed with Signature Version 4. */
export async function signedRequest(
  { credentials }: Identity,
  { service, region, time, headers, body }: Unsigned,
): Promise<Request> {
  const signed = await new AwsV4Signer({
    ...credentials,
    method: 'POST',
    url: `https://${service}.${region}.amazonaws.com/`,
    service,
    region,
    datetime: new Date(time).toISOString().replace(/[-:]|\.\d+/g, ''),
    headers,
    body,
  }).sign();
  return new Request(signed.url, { method: signed.method, headers: signed.headers, body });
}
