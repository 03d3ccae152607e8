import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that holds one connection and does as little as HTTP allows, so that the server is what is measured. */
export interface Client {
  /** Sends the bytes of one request; resolves when its reply is complete. Rejects unless it is 200. */
  send(request: Buffer): Promise<Buffer>;
  close(): void;
}

export async function keepAliveClient(url: string): Promise<Client> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  return {
    send(request) {
      socket.write(request);
      return reply(socket);
    },
    close: () => void socket.destroy(),
  };
}

function reply(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const [, length = '0'] = /content-length: (\d+)/i.exec(received.toString('latin1', 0, head)) ?? [];
      if (received.length < head + 4 + Number(length)) return;
      socket.off('data', take);
      if (received.toString('latin1', 9, 12) === '200') resolve(received.subarray(head + 4));
      else reject(new Error(received.toString()));
    };
    socket.on('data', take);
  });
}

/** The bytes of one KMS request, signed by nobody in particular: the endpoint is open. */
export function requestBytes(url: string, operation: string, input: object): Buffer {
  const body = JSON.stringify(input);
  const head = [
    'POST / HTTP/1.1',
    `Host: ${new URL(url).host}`,
    'Content-Type: application/x-amz-json-1.1',
    `X-Amz-Target: TrentService.${operation}`,
    'X-Amz-Date: 20261001T080511Z',
    'User-Agent: bench',
    `Authorization: AWS4-HMAC-SHA256 Credential=any/20261001/us-east-1/kms/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
