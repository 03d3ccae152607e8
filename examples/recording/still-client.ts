import { Sha256 } from '@aws-crypto/sha256-js';
import { KMS } from '@aws-sdk/client-kms';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Identity } from '../../src/engine/observation.ts';

/** What a client is told, so that it sends the same bytes each time. */
interface StillClient {
  identity: Identity;
  region: string;
  /** When each request is signed; milliseconds since the Unix epoch. */
  time: number;
  fetch: (request: Request) => Promise<Response>;
}

/** What the SDK writes anew into each request, or what says which machine it runs on. */
const stillHeaders: Record<string, string> = {
  'amz-sdk-invocation-id': '00000000-0000-4000-8000-000000000000',
  'x-amz-user-agent': 'aws-sdk-js/3',
  'user-agent': 'aws-sdk-js/3',
};

/**
 * The AWS SDK for JavaScript as it comes from npm, with what would differ from run to run held still: the date of the
 * signature, the invocation's id, and the user agent. They are set just before the signature is made, so it holds.
 */
export function stillClient({ identity, region, time, fetch }: StillClient): KMS {
  const { credentials } = identity;
  const signer = new SignatureV4({ service: 'kms', region, credentials, sha256: Sha256 });
  return new KMS({
    region,
    credentials,
    maxAttempts: 1,
    signer: {
      sign(request, options) {
        for (const [name, value] of Object.entries(stillHeaders)) {
          if (name in request.headers) request.headers[name] = value;
        }
        return signer.sign(request, { ...options, signingDate: new Date(time) });
      },
    },
    requestHandler: new FetchHttpHandler({ customFetch: (input, init) => fetch(new Request(input, init)) }),
  });
}
