import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { connect, Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { incomingNode } from '../../src/endpoint/node-request.ts';
import { serve } from '../../src/endpoint/server.ts';
import { kmsAt } from '../support/endpoint.ts';
import { openTestCloud } from '../support/cloud.ts';

/** The endpoint's server over a cloud in this process, which fails if the engine meets a defect. */
async function open(): Promise<string> {
  const cloud = await openTestCloud({ auth: { mode: 'open', accountId: '111122223333' } });
  const { url, close } = await serve(cloud, { cloud, reset: () => cloud.reset() }, 0);
  onTestFinished(close);
  return url;
}

/** Writes bytes to the server as they are, and reads until it hangs up. */
async function raw(url: string, ...parts: string[]): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  socket.end();
  await once(socket, 'close');
  return answer;
}

const head = [
  'POST / HTTP/1.1',
  'Host: x',
  'Content-Type: application/x-amz-json-1.1',
  'X-Amz-Target: TrentService.ListKeys',
  `Authorization: AWS4-HMAC-SHA256 Credential=a/20261001/us-east-1/kms/aws4_request, SignedHeaders=host, Signature=0`,
].join('\r\n');

describe('what arrives over the wire', () => {
  test('in pieces is put together', async () => {
    const answer = await raw(await open(), `${head}\r\nContent-Le`, 'ngth: 2\r\n\r\n', '{', '}');
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nx-amzn-RequestId: [0-9a-f-]{36}\r\n/);
    expect(answer).toContain('{"Keys":[],"Truncated":false}');
  });

  test('in chunks of unknown number is put together', async () => {
    const answer = await raw(
      await open(),
      `${head}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  test('two requests at once are answered in their order', async () => {
    const one = (body: string) => `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const answer = await raw(await open(), one('{}') + one('{"Limit":0}'));
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '400']);
  });

  test('too large a body is refused, whether it was announced or not', async () => {
    const url = await open();
    const large = ' '.repeat(1024 * 1024 + 1);
    const announced = await raw(url, `${head}\r\nContent-Length: ${large.length}\r\n\r\n`, large);
    const chunked = `${head}\r\nTransfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    for (const answer of [announced, await raw(url, chunked)]) {
      expect(answer).toMatch(/^HTTP\/1\.1 413 /);
      expect(answer).toContain('"__type":"RequestEntityTooLargeException"');
    }
  });

  test('that is no HTTP, or breaks off, or never says what it is harms nobody', async () => {
    const url = await open();
    expect(await raw(url, '\u0000\u0001\u0002garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(url, `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    await raw(url, `${head}\r\nContent-Length: 100\r\n\r\n{`);
    expect(await raw(url, `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`)).toContain(
      '"__type":"UnknownOperationException"',
    );
    expect((await kmsAt(url).listKeys({})).Keys).toEqual([]);
  });
});

// A rejection that nobody handles would end the process; Vitest reports it as an error of the run.
test('a body that breaks off while nobody waits for it yet is no unhandled rejection', async () => {
  const request = new IncomingMessage(new Socket());
  const { body } = incomingNode(request);
  request.emit('close');
  await new Promise((resolve) => setImmediate(resolve));
  await expect(body).rejects.toThrow('The request has broken off.');
});

describe('a defect of the engine', () => {
  const noReply = { status: 200, headers: { 'not a name': '' }, body: '' };
  test.each([
    ['a rejection', () => Promise.reject(new Error('defect'))],
    [
      'an error',
      () => {
        throw new Error('defect');
      },
    ],
    ['a reply that cannot be sent', () => Promise.resolve(noReply)],
  ])('%s cuts off its client, and the next one is served', async (_, fail) => {
    const cloud = await openTestCloud({ auth: { mode: 'open', accountId: '111122223333' } });
    let isDefect = true;
    const failing = {
      ...cloud,
      answer: (...request: Parameters<typeof cloud.answer>) => (isDefect ? fail() : cloud.answer(...request)),
    };
    const { url, close } = await serve(failing, { cloud, reset: () => cloud.reset() }, 0);
    onTestFinished(close);
    const request = `${head}\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`;
    expect(await raw(url, request)).toBe('');
    isDefect = false;
    expect(await raw(url, request)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});
