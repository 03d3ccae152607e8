import { beforeEach, describe, expect, test } from 'vitest';
import {
  errorOf,
  openTestGateway,
  sign,
  start,
  toRequest,
  without,
  type SignedParts,
  type TestGateway,
} from './support.ts';

const minute = 60_000;

describe('the signature check', () => {
  let gateway: TestGateway;
  let signed: SignedParts;

  beforeEach(async () => {
    gateway = await openTestGateway();
    signed = await sign(gateway.key('Ada'));
  });

  async function refusalOf(parts: SignedParts) {
    const answer = await errorOf(await gateway.handle(toRequest(parts)));
    expect(answer.status).toBe(400);
    // CloudTrail knows nothing of calls that nobody has made.
    expect(gateway.records()).toEqual([]);
    return { name: answer.name, message: answer.message };
  }

  function withHeader(name: string, value: string | undefined): SignedParts {
    const headers = without(signed.headers, name);
    return { ...signed, headers: value === undefined ? headers : { ...headers, [name]: value } };
  }

  const authorization = (change: (header: string) => string): SignedParts =>
    withHeader('authorization', change(signed.headers.authorization!));

  test('no Authorization header', async () => {
    expect(await refusalOf(withHeader('authorization', undefined))).toEqual({
      name: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  test('a header of another kind, and no date: everything that is missing is named', async () => {
    const headers = without(withHeader('authorization', 'AWS AKIAEXAMPLE:sig=').headers, 'x-amz-date');
    expect(await refusalOf({ ...signed, headers })).toEqual({
      name: 'IncompleteSignatureException',
      message:
        "Authorization header requires 'Credential' parameter. " +
        "Authorization header requires 'Signature' parameter. " +
        "Authorization header requires 'SignedHeaders' parameter. " +
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
        'Authorization=AWS AKIAEXAMPLE:sig=',
    });
  });

  test('a bearer token is no key=value pair', async () => {
    expect(await refusalOf(withHeader('authorization', 'Bearer abc'))).toEqual({
      name: 'IncompleteSignatureException',
      message: "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
    });
  });

  test('another algorithm', async () => {
    const { name, message } = await refusalOf(authorization((it) => it.replace('SHA256', 'SHA512')));
    expect(name).toBe('IncompleteSignatureException');
    expect(message).toBe("Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512' (only AWS4-HMAC-SHA256 for now). ");
  });

  test('a credential of four parts', async () => {
    const { name, message } = await refusalOf(authorization((it) => it.replace('/aws4_request', '')));
    expect(name).toBe('IncompleteSignatureException');
    expect(message).toMatch(
      /^Credential must have exactly 5 slash-delimited elements, e\.g\. keyid\/date\/region\/service\/term, got 'AKIA\w{16}\/20261001\/us-east-1\/kms'$/,
    );
  });

  test('host not signed', async () => {
    expect(await refusalOf(authorization((it) => it.replace('host;', '')))).toEqual({
      name: 'InvalidSignatureException',
      message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    });
  });

  test.each(['yesterday', '2026-10-01T00:00:00Z', '20261301T000000Z', '20261001T000000', ''])(
    'a date such as %j',
    async (date) => {
      const { name, message } = await refusalOf(withHeader('x-amz-date', date));
      expect(name).toBe('IncompleteSignatureException');
      expect(message).toBe(
        `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      );
    },
  );

  test('a signature may be five minutes old or early, and not a second more', async () => {
    gateway.clock.advance(5 * minute);
    expect((await gateway.handle(toRequest(signed))).status).toBe(200);
    const early = await sign(gateway.key('Ada'), { time: start + 10 * minute });
    expect((await gateway.handle(toRequest(early))).status).toBe(200);

    gateway = await openTestGateway();
    gateway.clock.advance(5 * minute + 1000);
    expect(await refusalOf(signed)).toEqual({
      name: 'InvalidSignatureException',
      message:
        'Signature expired: 20261001T000000Z is now earlier than 20261001T000001Z (20261001T000501Z - 5 min.)',
    });
    const tooEarly = await sign(gateway.key('Ada'), { time: start + 10 * minute + 2000 });
    expect(await refusalOf(tooEarly)).toEqual({
      name: 'InvalidSignatureException',
      message:
        'Signature not yet current: 20261001T001002Z is still later than 20261001T001001Z (20261001T000501Z + 5 min.)',
    });
  });

  test('a Date header in HTTP format will do in place of X-Amz-Date', async () => {
    const { headers } = withHeader('x-amz-date', undefined);
    const { name } = await refusalOf({
      ...signed,
      headers: { ...headers, date: 'Thu, 01 Oct 2026 00:00:00 GMT' },
    });
    // The SDK has signed X-Amz-Date, which is gone; what counts is that the date itself was understood.
    expect(name).toBe('InvalidSignatureException');
  });

  test('every part of a wrong scope is named', async () => {
    const wrong = authorization((it) =>
      it.replace('/20261001/us-east-1/kms/aws4_request', '/20260930/eu-west-1/s3/aws5_request'),
    );
    expect(await refusalOf(wrong)).toEqual({
      name: 'InvalidSignatureException',
      message:
        "Credential should be scoped to a valid region. Credential should be scoped to correct service: 'kms'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. " +
        'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        "'20260930' != '20261001', from '20261001T000000Z'.",
    });
  });

  test('an endpoint without a Region in its name serves any Region', async () => {
    const url = 'http://localhost:4566/';
    const key = gateway.key('Ada');
    const elsewhere = await sign(key, { url, region: 'eu-central-1' });
    expect((await gateway.handle(toRequest(elsewhere))).status).toBe(200);
    expect(gateway.records()[0]?.awsRegion).toBe('eu-central-1');
    const nowhere = await sign(key, { url, region: 'Atlantis' });
    expect(await errorOf(await gateway.handle(toRequest(nowhere)))).toMatchObject({
      message: 'Credential should be scoped to a valid region. ',
    });
  });

  test('an access key that does not exist', async () => {
    const key = { ...gateway.key('Ada'), accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' };
    expect(await refusalOf(await sign(key))).toEqual({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test("another principal's secret", async () => {
    const key = { ...gateway.key('Ada'), secretAccessKey: gateway.key('Mallory').secretAccessKey };
    expect((await refusalOf(await sign(key))).message).toMatch(
      /^The request signature we calculated does not match/,
    );
  });

  test.each([
    ['a role session without its token', 'FileVault', undefined],
    ['a role session with a wrong token', 'FileVault', 'wrong'],
    ['a user with a token', 'Ada', 'surplus'],
  ])('%s', async (_, name, sessionToken) => {
    const { sessionToken: _token, ...key } = gateway.key(name);
    const parts = await sign({ ...key, ...(sessionToken !== undefined && { sessionToken }) });
    expect(await refusalOf(parts)).toEqual({
      name: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test('an unsigned payload is not accepted, even under a good signature', async () => {
    const parts = await sign(gateway.key('Ada'), { headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } });
    expect((await refusalOf(parts)).name).toBe('InvalidSignatureException');
  });

  test('a body hash that is announced but not signed must be right all the same', async () => {
    for (const announced of ['UNSIGNED-PAYLOAD', '0'.repeat(64)]) {
      expect((await refusalOf(withHeader('x-amz-content-sha256', announced))).name).toBe(
        'InvalidSignatureException',
      );
    }
  });

  test.each(['', 'ho st;host', 'host;\u00e9', 'host;x-not-there'])('SignedHeaders=%s', async (list) => {
    const { name } = await refusalOf(
      authorization((it) => it.replace(/SignedHeaders=[^,]*/, `SignedHeaders=${list}`)),
    );
    expect(name).toMatch(/^(Incomplete|Invalid)SignatureException$/);
  });

  test('the role session is the caller', async () => {
    const parts = await sign(gateway.key('FileVault'));
    expect((await gateway.handle(toRequest(parts))).status).toBe(200);
    expect(gateway.records()[0]?.userIdentity).toMatchObject({
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/FileVault/app',
    });
  });
});
