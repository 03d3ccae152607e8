/** The AWS query protocol (Smithy, "AWS Query protocol"): a form in the request, XML in the reply. Of all AWS services here, STS speaks it. */
import type { AwsError } from '../errors/aws-error.ts';
import type { JsonObject, QueryProtocol, Service } from '../service/service.ts';
import type { Reply } from './reply.ts';
import type { WireRequest } from './wire.ts';

/** A service that speaks it. */
export type QueryService = Service & { readonly query: QueryProtocol };

export function isForm({ headers }: WireRequest): boolean {
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  return type.trim().toLowerCase() === 'application/x-www-form-urlencoded';
}

/** The action that a form asks for, and the service that offers it; `undefined` when none does. */
export function readForm(
  { body }: WireRequest,
  services: Iterable<Service>,
): { service: QueryService; operation: string; input: JsonObject } | undefined {
  const {
    Action: operation = '',
    Version: version,
    ...input
  } = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(body)));
  for (const service of services) {
    if (speaksQuery(service) && service.query.version === version) return { service, operation, input };
  }
  return undefined;
}

export function speaksQuery(service: Service | undefined): service is QueryService {
  return service?.query !== undefined;
}

/** An output of texts, which is all that is here. */
export function querySuccess(
  { query }: QueryService,
  operation: string,
  output: JsonObject,
  requestId: string,
): Reply {
  const members = Object.entries(output).map(
    ([name, value]) => `    ${element(name, typeof value === 'string' ? value : JSON.stringify(value))}\n`,
  );
  const body = `<${operation}Response xmlns="${query.namespace}">
  <${operation}Result>
${members.join('')}  </${operation}Result>
  <ResponseMetadata>
    ${element('RequestId', requestId)}
  </ResponseMetadata>
</${operation}Response>
`;
  return { status: 200, body };
}

/** The query protocol has other names for common errors (STS API Reference, "Common Error Types"). */
const names: Record<string, string> = {
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

export function queryFailure({ query }: QueryService, error: AwsError, requestId: string): Reply {
  const name = names[error.name];
  const isOurs = error.status >= 500;
  const body = `<ErrorResponse xmlns="${query.namespace}">
  <Error>
    ${element('Type', isOurs ? 'Receiver' : 'Sender')}
    ${element('Code', name ?? error.name)}
    ${element('Message', error.message)}
  </Error>
  ${element('RequestId', requestId)}
</ErrorResponse>
`;
  return { status: name === undefined ? error.status : 403, body };
}

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

function element(name: string, text: string): string {
  return `<${name}>${text.replace(/[<>&]/g, (character) => entities[character]!)}</${name}>`;
}
