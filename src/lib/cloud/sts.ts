import type { Identity } from '$engine/observation.ts';
import { AwsFault, type ClientOptions, type Door } from './signed-client.ts';
import { signedRequest } from './signed-request.ts';

/** STS API Reference, GetCallerIdentity. */
export interface CallerIdentity {
  UserId: string;
  Account: string;
  Arn: string;
}

/**
 * GetCallerIdentity. STS speaks AWS's query protocol: a form in the request, XML in the reply.
 * @throws AwsFault as STS answers; TypeError when the cloud cannot be reached
 */
export async function askCallerIdentity(
  door: Door,
  identity: Identity,
  { region = 'us-east-1', userAgent = 'glass-kms-page' }: ClientOptions = {},
): Promise<CallerIdentity> {
  const request = await signedRequest(identity, {
    service: 'sts',
    region,
    time: Date.now(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-amz-user-agent': userAgent,
    },
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  });
  const response = await door.fetch(request);
  const xml = await response.text();
  if (!response.ok) {
    const [name, message] = [textOf(xml, 'Code') || 'UnknownError', textOf(xml, 'Message')];
    throw new AwsFault(name, message, textOf(xml, 'RequestId') || undefined, response.status);
  }
  return { UserId: textOf(xml, 'UserId'), Account: textOf(xml, 'Account'), Arn: textOf(xml, 'Arn') };
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text of the first element of this name: none of them has others inside. */
function textOf(xml: string, element: string): string {
  const [, text = ''] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? [];
  return text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
}
