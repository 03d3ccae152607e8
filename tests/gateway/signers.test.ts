import { AwsClient } from 'aws4fetch';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { basicTime } from '../../src/engine/gateway/sigv4/time.ts';
import type { AccessKey } from '../../src/engine/iam/types.ts';
import {
  endpoint,
  errorOf,
  openTestGateway,
  sign,
  start,
  toRequest,
  type SignedParts,
  type TestGateway,
} from './support.ts';

const mismatch =
  'The request signature we calculated does not match the signature you provided. ' +
  'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const bodies = fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.string({ unit: 'grapheme' }));
const headerNames = fc.stringMatching(/^x-[a-z0-9-]{1,12}$/).map((name) => `x-test-${name}`);
/** Latin-1 without control characters, and without the no-break space, which aws4fetch takes for a space. */
const headerValues = fc.stringMatching(/^[\x20-\x7e\xa1-\xff]{0,24}$/);
const headers = fc.dictionary(headerNames, headerValues, { maxKeys: 4, noNullPrototype: true });
const queries = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  { maxKeys: 3, noNullPrototype: true },
);

describe('signatures of other implementations', { timeout: 60_000 }, () => {
  let gateway: TestGateway;
  let ada: AccessKey;
  let app: AccessKey;

  beforeAll(async () => {
    gateway = await openTestGateway();
    ada = gateway.key('Ada');
    app = gateway.key('FileVault');
  });

  test("whatever the AWS SDK's signer signs is accepted", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, headers, fc.boolean(), async (body, extra, isRole) => {
        const parts = await sign(isRole ? app : ada, { body: JSON.stringify(body), headers: extra });
        const response = await gateway.handle(toRequest(parts));
        expect(await response.json()).toEqual({ input: body, sees: Object.keys(body) });
      }),
    );
  });

  test('whatever aws4fetch signs is accepted, query strings too', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, headers, queries, fc.boolean(), async (body, extra, query, isRole) => {
        const { accessKeyId, secretAccessKey, sessionToken } = isRole ? app : ada;
        const client = new AwsClient({
          accessKeyId,
          secretAccessKey,
          ...(sessionToken !== undefined && { sessionToken }),
          service: 'kms',
          region: 'us-east-1',
        });
        const search = Object.entries(query)
          .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
          .join('&');
        const request = await client.sign(search === '' ? endpoint : `${endpoint}?${search}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': 'TrentService.Echo',
            ...extra,
          },
          body: JSON.stringify(body),
          aws: { datetime: basicTime(start), allHeaders: true },
        });
        const response = await gateway.handle(request);
        expect(response.status, await response.clone().text()).toBe(200);
      }),
    );
  });

  test('a request that was changed anywhere after signing is refused', async () => {
    const signed = await sign(ada, {
      body: '{"Secret":"to be or not to be"}',
      headers: { 'x-test': 'one two' },
      query: { a: '1', b: '2' },
    });
    await fc.assert(
      fc.asyncProperty(changeOf(signed), async (changed) => {
        const { status, name, message } = await errorOf(await gateway.handle(toRequest(changed)));
        expect({ status, name, message }).toEqual({
          status: 400,
          name: 'InvalidSignatureException',
          message: mismatch,
        });
      }),
      { numRuns: 300 },
    );
    expect((await gateway.handle(toRequest(signed))).status).toBe(200);
  });

  /** One change of a byte, a signed header, the query or the moment of signing. */
  function changeOf(signed: SignedParts): fc.Arbitrary<SignedParts> {
    const body = signed.body as string;
    return fc.oneof(
      // Letters of the value only, so that the body stays JSON and it is the signature that must catch it.
      fc
        .tuple(fc.integer({ min: 11, max: body.length - 3 }), fc.constantFrom('x', 'y', 'z', '0', '9'))
        .map(([at, letter]) => ({ ...signed, body: body.slice(0, at) + letter + body.slice(at + 1) })),
      headerValues
        .map((value) => value.trim().replace(/\s+/g, ' '))
        .filter((value) => value !== 'one two')
        .map((value) => ({ ...signed, headers: { ...signed.headers, 'x-test': value } })),
      fc.integer({ min: 1, max: 299 }).map((seconds) => ({
        ...signed,
        headers: { ...signed.headers, 'x-amz-date': basicTime(start + seconds * 1000) },
      })),
      fc
        .constantFrom('?a=1', '?a=1&b=3', '?b=2&a=1&c=', '?A=1&b=2', '')
        .map((search) => ({ ...signed, url: endpoint + search })),
      fc.constantFrom('Nothing', 'Note').map((operation) => ({
        ...signed,
        headers: { ...signed.headers, 'x-amz-target': `TrentService.${operation}` },
      })),
      fc.tuple(fc.integer({ min: 1, max: 64 }), fc.constantFrom('0', '1')).map(([fromEnd, digit]) => {
        const authorization = signed.headers.authorization!;
        const at = authorization.length - fromEnd;
        const other = authorization[at] === digit ? 'f' : digit;
        return {
          ...signed,
          headers: {
            ...signed.headers,
            authorization: authorization.slice(0, at) + other + authorization.slice(at + 1),
          },
        };
      }),
    );
  }
});
