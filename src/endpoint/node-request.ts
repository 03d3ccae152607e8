import type { IncomingMessage } from 'node:http';
import { bodyTooLarge, maximumBodyBytes, type Incoming, type WireHeaders } from '../engine/gateway/wire.ts';

/** A request of Node's HTTP server in the gateway's words. */
export function incomingNode(request: IncomingMessage): Incoming {
  const { method = '', url = '', headers } = request;
  const body = bodyOf(request);
  // It may break off before anybody waits for it; whoever does is told all the same.
  body.catch(() => {});
  return {
    method,
    // A proxy's client sends an absolute URL.
    url: url.startsWith('/') ? `http://${headers.host ?? 'localhost'}${url}` : url,
    headers: new NodeHeaders(headers),
    body,
  };
}

class NodeHeaders implements WireHeaders {
  constructor(readonly headers: IncomingMessage['headers']) {}

  get(name: string): string | null {
    const value = this.headers[name];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }

  *[Symbol.iterator](): Generator<[string, string]> {
    for (const name in this.headers) yield [name, this.get(name) ?? ''];
  }
}

/** So much of a body that is too large is read and dropped, so that the client gets to hear why. */
const patience = 16 * maximumBodyBytes;

/** The whole body. Rejects for one that is too large, whatever was announced, and for one that breaks off. */
export function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let isWhole = false;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maximumBodyBytes) chunks.push(chunk);
      else chunks = [];
      if (length > patience) reject(bodyTooLarge());
    });
    request.on('end', () => {
      isWhole = true;
      if (length > maximumBodyBytes) reject(bodyTooLarge());
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    // Every request is closed in the end, and an error takes time to make.
    request.on('close', () => {
      if (!isWhole) reject(new Error('The request has broken off.'));
    });
    request.on('error', reject);
  });
}
