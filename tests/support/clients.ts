import { KMS, type KMSClientConfig } from '@aws-sdk/client-kms';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { AwsClient } from 'aws4fetch';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { Identity } from '../../src/engine/observation.ts';

export const region = 'us-east-1';

/** One of the cloud's principals, by name. */
export function identity(cloud: Cloud, name: string): Identity {
  const found = cloud.identities().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`This cloud has no ${name}.`);
  return found;
}

/**
 * The AWS SDK for JavaScript as it comes from npm, acting as one of the cloud's principals. Its one setting out
 * of the ordinary is the SDK's own option for another `fetch`.
 */
export function kms(cloud: Cloud, name = 'Ada', config: KMSClientConfig = {}): KMS {
  return new KMS({
    region,
    credentials: identity(cloud, name).credentials,
    requestHandler: new FetchHttpHandler({ customFetch: fetchOf(cloud) }),
    ...config,
  });
}

/** The cloud's door in the shape of the platform's `fetch`. */
export function fetchOf(cloud: Cloud): typeof fetch {
  return (input, init) => cloud.fetch(new Request(input, init));
}

/** A request that is signed rightly, whatever its body: by another signer than the SDK's. */
export function signedRequest(
  cloud: Cloud,
  { target, body, as = 'Ada' }: { target: string; body: BodyInit; as?: string },
): Promise<Request> {
  const signer = new AwsClient({ ...identity(cloud, as).credentials, service: 'kms', region });
  return signer.sign(`https://kms.${region}.amazonaws.com/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': target },
    body,
  });
}
