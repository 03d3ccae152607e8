import { beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../src/engine/clock/clock.ts';
import type { AccessKey } from '../../src/engine/iam/types.ts';
import { errorOf, openTestGateway, sign, start, toRequest, without, type TestGateway } from './support.ts';

/** Credentials that this cloud has never heard of, as people give to emulators. */
const anyKey: AccessKey = { accessKeyId: 'test', secretAccessKey: 'test', principalArn: '', created: 0 };
const url = 'http://localhost:8080/';
const day = 86_400_000;

describe('an open gateway', () => {
  let gateway: TestGateway;

  beforeEach(async () => {
    gateway = await openTestGateway({ auth: { mode: 'open', accountId: '111122223333' }, watched: true });
  });

  test('takes whoever signs, however and whenever, for the root user', async () => {
    const signed = await sign(anyKey, { url, region: 'eu-central-1', time: start - 400 * day });
    const headers = without({ ...signed.headers, 'x-amz-security-token': 'any' }, 'x-amz-date');
    const response = await gateway.handle(toRequest({ ...signed, headers }));
    expect(response.status).toBe(200);
    expect(gateway.records()).toMatchObject([
      {
        awsRegion: 'eu-central-1',
        userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accessKeyId: 'test' },
      },
    ]);
    const who = gateway.traces[0]!.steps.find(({ station }) => station === 'who');
    expect(who?.title).toBe('Nobody looks at the signature: here, every caller is root.');
  });

  test('serves an account that the cloud was not founded with', async () => {
    gateway = await openTestGateway({ auth: { mode: 'open', accountId: '999900001111' } });
    expect((await gateway.handle(toRequest(await sign(anyKey, { url })))).status).toBe(200);
    expect(gateway.records()).toMatchObject([{ recipientAccountId: '999900001111' }]);
  });

  test.each([
    ['no Authorization header', undefined, 'MissingAuthenticationTokenException'],
    ['one that says nothing', 'AWS4-HMAC-SHA256 x=y', 'IncompleteSignatureException'],
    [
      'one without a Region',
      'AWS4-HMAC-SHA256 Credential=a/20261001//kms/aws4_request, SignedHeaders=host, Signature=0',
      'IncompleteSignatureException',
    ],
    [
      'one with a Region that is none',
      'AWS4-HMAC-SHA256 Credential=a/20261001/../kms/aws4_request, SignedHeaders=host, Signature=0',
      'InvalidSignatureException',
    ],
  ])('refuses %s', async (_, authorization, name) => {
    const signed = await sign(anyKey, { url });
    const headers = without(signed.headers, 'authorization');
    const all = authorization === undefined ? headers : { ...headers, authorization };
    const answer = await errorOf(await gateway.handle(toRequest({ ...signed, headers: all })));
    expect(answer).toMatchObject({ status: 400, name });
    expect(gateway.records()).toEqual([]);
  });
});

test('signatures are held against the machine’s clock, which replies are dated by; the cloud’s may be elsewhere', async () => {
  const gateway = await openTestGateway({ wallClock: manualClock(start + 30 * day) });
  const ada = gateway.key('Ada');
  const response = await gateway.handle(toRequest(await sign(ada, { time: start + 30 * day })));
  expect(response.status).toBe(200);
  expect(response.headers.get('date')).toBe('Sat, 31 Oct 2026 00:00:00 GMT');
  expect(gateway.records()).toMatchObject([{ eventTime: '2026-10-01T00:00:00Z' }]);
  const old = await errorOf(await gateway.handle(toRequest(await sign(ada, { time: start }))));
  expect(old.name).toBe('InvalidSignatureException');
});
