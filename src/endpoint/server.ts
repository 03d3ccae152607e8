import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Cloud } from '../engine/cloud.ts';
import type { WireReply } from '../engine/gateway/reply.ts';
import { answerControl, isControl, type Control } from './control.ts';
import { incomingNode } from './node-request.ts';

const seconds = 1000;

/** How long a request that is under way may hold up the end. */
const grace = 10 * seconds;

export interface Endpoint {
  readonly url: string;
  /** Takes no more requests, and resolves when those under way have been answered. */
  close: () => Promise<void>;
}

/**
 * Puts a cloud behind Node's HTTP server on 127.0.0.1. It passes requests and replies through and decides nothing;
 * only what begins with `/_glass/` is for the endpoint itself.
 * Rejects as Node does, with code EADDRINUSE for a port that is taken.
 */
export async function serve(cloud: Cloud, control: Control, port: number): Promise<Endpoint> {
  let isClosing = false;
  const answerTo = async (request: IncomingMessage) =>
    isControl(request) ? answerControl(request, control) : cloud.answer(incomingNode(request));
  const server = createServer(
    { keepAliveTimeout: 60 * seconds, headersTimeout: 10 * seconds, requestTimeout: 30 * seconds },
    (request, response) => {
      answerTo(request)
        .then((reply) => send(response, reply, request.complete && !isClosing))
        // A defect of ours: this client is cut off, the others are served on.
        .catch(() => void response.destroy());
    },
  );
  server.maxConnections = 1000;
  return {
    url: `http://127.0.0.1:${await listen(server, port)}`,
    close() {
      isClosing = true;
      return close(server);
    },
  };
}

function send(response: ServerResponse, { status, headers, body }: WireReply, mayStay: boolean): void {
  headers['Content-Length'] = String(Buffer.byteLength(body));
  // What is left of a body that nobody wants to read must not be taken for the next request.
  if (!mayStay) headers['Connection'] = 'close';
  response.writeHead(status, headers);
  response.end(body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

async function close(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), grace);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(timer);
}
