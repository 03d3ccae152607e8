/** Requests and responses as messages between workers, since they cannot be posted as they are. */

export interface RequestMessage {
  url: string;
  method: string;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

export interface ResponseMessage {
  status: number;
  headers: [string, string][];
  body: Uint8Array<ArrayBuffer>;
}

export async function messageOf(request: Request): Promise<RequestMessage> {
  const { url, method, headers } = request;
  return { url, method, headers: [...headers], body: new Uint8Array(await request.arrayBuffer()) };
}

export function requestOf({ url, method, headers, body }: RequestMessage): Request {
  return new Request(url, { method, headers, ...(body.length > 0 && { body }) });
}

export async function replyOf(response: Response): Promise<ResponseMessage> {
  const { status, headers } = response;
  return { status, headers: [...headers], body: new Uint8Array(await response.arrayBuffer()) };
}

export function responseOf({ status, headers, body }: ResponseMessage): Response {
  return new Response(body, { status, headers });
}
