import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  endpoint,
  errorOf,
  openTestGateway,
  sign,
  toRequest,
  without,
  type SignedParts,
  type TestGateway,
} from './support.ts';

describe('the front door', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await openTestGateway();
  });

  afterEach(() => {
    expect(gateway.defects).toEqual([]);
  });

  const answer = async (parts: SignedParts) => errorOf(await gateway.handle(toRequest(parts)));

  test('a reply has the headers that KMS sends', async () => {
    const response = await gateway.handle(toRequest(await sign(gateway.key('Ada'), { body: '{"a":"é"}' })));
    const text = await response.text();
    expect(text).toBe('{"input":{"a":"é"},"sees":["a"]}');
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-length': String(new TextEncoder().encode(text).length),
      'content-type': 'application/x-amz-json-1.1',
      date: 'Thu, 01 Oct 2026 00:00:00 GMT',
      'x-amzn-requestid': expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
    });
  });

  test.each([
    ['GET', { method: 'GET' }],
    ['PUT', { method: 'PUT' }],
    ['another path', { url: `${endpoint}keys` }],
    ['another content type', { headers: { 'content-type': 'application/json' } }],
    ['an unknown operation', { headers: { 'x-amz-target': 'TrentService.Explode' } }],
    ['an inherited name', { headers: { 'x-amz-target': 'TrentService.constructor' } }],
    ['an unknown service', { headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } }],
    ['a target without a dot', { headers: { 'x-amz-target': 'Echo' } }],
    ['an empty target', { headers: { 'x-amz-target': '' } }],
    ["another service's endpoint", { url: 'https://s3.us-east-1.amazonaws.com/', headers: { host: '' } }],
  ])('%s is an unknown operation', async (_, change: Partial<SignedParts>) => {
    const signed = await sign(gateway.key('Ada'));
    const headers = { ...signed.headers, ...change.headers };
    if (headers.host === '') delete headers.host;
    expect(await answer({ ...signed, ...change, headers })).toEqual({
      status: 400,
      name: 'UnknownOperationException',
      message: '',
    });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'KeyId=1'],
    ['JSON broken off', '{"KeyId":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a string', '"{}"'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
    ['a byte order mark', '\ufeff{}'],
    ['lists within lists', `{"a":${'['.repeat(200)}${']'.repeat(200)}}`],
    ['half a million lists within lists', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ])('a body of %s cannot be deserialized', async (_, body) => {
    const signed = await sign(gateway.key('Ada'), { body });
    expect(await answer(signed)).toEqual({ status: 400, name: 'SerializationException', message: '' });
  });

  test('a body of more than 1 MiB is too large', async () => {
    const signed = await sign(gateway.key('Ada'), { body: `{"a":"${'x'.repeat(1024 * 1024)}"}` });
    expect(await answer(signed)).toMatchObject({ status: 413, name: 'RequestEntityTooLargeException' });
  });

  test('a body that breaks off while it is read', async () => {
    const signed = await sign(gateway.key('Ada'));
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('The connection is gone.')),
    });
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: signed.headers,
      body,
      duplex: 'half',
    };
    expect(await errorOf(await gateway.handle(new Request(endpoint, init)))).toMatchObject({
      status: 400,
      name: 'SerializationException',
    });
  });

  test('members called __proto__ and twice-named ones do no harm', async () => {
    const body = '{"__proto__":{"polluted":true},"constructor":1,"a":1,"a":2}';
    const response = await gateway.handle(toRequest(await sign(gateway.key('Ada'), { body })));
    expect(await response.text()).toBe(
      '{"input":{"__proto__":{"polluted":true},"constructor":1,"a":2},"sees":["__proto__","constructor","a"]}',
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('an operation that returns nothing is answered with an empty body', async () => {
    const signed = await sign(gateway.key('Ada'), { target: 'TrentService.Nothing' });
    const response = await gateway.handle(toRequest(signed));
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  test('no request whatever is answered with 5xx', { timeout: 60_000 }, async () => {
    const signed = await sign(gateway.key('Ada'));
    const headerValue = fc.stringMatching(/^[\x21-\x7e\xa0-\xff]{0,60}$/);
    const requests = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'),
      path: fc.oneof(
        fc.constant(''),
        fc.webPath(),
        fc.webQueryParameters().map((query) => `?${query}`),
      ),
      host: fc.constantFrom('kms.us-east-1.amazonaws.com', 'localhost:1', '[::1]:80'),
      changed: fc.dictionary(
        fc.constantFrom(
          ...Object.keys(signed.headers),
          'date',
          'content-length',
          'x-amz-content-sha256',
          'x',
        ),
        headerValue,
        { noNullPrototype: true },
      ),
      dropped: fc.subarray(Object.keys(signed.headers)),
      body: fc.oneof(
        fc.json(),
        fc.string(),
        fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
        fc.constant('{}'),
      ),
    });
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, host, changed, dropped, body }) => {
        const headers = without({ ...signed.headers, ...changed }, ...dropped);
        const request = toRequest({
          method,
          url: `https://${host}/${path.replace(/^\//, '')}`,
          headers,
          body,
        });
        const response = await gateway.handle(request);
        expect(response.status).toBeLessThan(500);
        if (response.status !== 200) {
          const { __type } = (await response.json()) as { __type: string };
          expect(__type).toMatch(/^[A-Z]\w+Exception$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
