import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Cloud } from '../../src/engine/cloud.ts';
import { openMemoryCloud } from '../support/cloud.ts';
import { kms, signedRequest } from '../support/clients.ts';

const operations = [
  ...[
    'CreateAlias',
    'CreateKey',
    'Decrypt',
    'DeleteAlias',
    'DescribeKey',
    'DisableKey',
    'EnableKey',
    'Encrypt',
  ],
  ...['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'GenerateRandom', 'GetPublicKey', 'ListAliases'],
  ...['ListKeys', 'ReEncrypt', 'Sign', 'UpdateAlias', 'Verify'],
];
const memberNames = [
  ...['KeyId', 'Plaintext', 'CiphertextBlob', 'EncryptionContext', 'EncryptionAlgorithm', 'GrantTokens'],
  ...['DryRun', 'KeySpec', 'KeyUsage', 'NumberOfBytes', 'Message', 'MessageType', 'Signature', 'Limit'],
  ...['SigningAlgorithm', 'Marker', 'AliasName', 'TargetKeyId', 'Policy', 'Tags', 'Description', 'Recipient'],
  ...['SourceKeyId', 'DestinationKeyId', 'SourceEncryptionContext', 'Origin', 'MultiRegion', '__proto__'],
];

let cloud: Cloud;
const defects: unknown[] = [];
/** Names a key that exists, so that requests get past the first door. */
let keyId: string;

beforeAll(async () => {
  cloud = await openMemoryCloud({ onDefect: (defect) => void defects.push(defect) });
  keyId = (await kms(cloud).createKey({})).KeyMetadata?.KeyId ?? '';
});

/** Values of the right type now and then, so that the fuzzer reaches deeper than the first check. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constant('<key>') },
  { weight: 1, arbitrary: fc.constant('alias/fuzz') },
  {
    weight: 1,
    arbitrary: fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  },
  { weight: 1, arbitrary: fc.constantFrom('RSASSA_PSS_SHA_256', 'AES_256', 'SYMMETRIC_DEFAULT', 'RAW') },
  { weight: 1, arbitrary: fc.integer({ min: -1, max: 1 << 30 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.string()) },
);
const body = fc
  .dictionary(fc.constantFrom(...memberNames), value)
  .map((members) => JSON.stringify(members))
  .map((json) => () => json.replaceAll('<key>', keyId));

/** What every reply must be, whatever the request was: success, or a client's fault in AWS's form. */
async function expectAwsReply(response: Response): Promise<number> {
  const text = await response.text();
  expect(response.status === 200 || (response.status >= 400 && response.status < 500)).toBe(true);
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  if (response.status !== 200) {
    expect(JSON.parse(text)).toMatchObject({ __type: expect.stringMatching(/^[A-Za-z]+(Exception|Error)$/) });
  }
  return response.status;
}

async function expectRefusal(response: Response): Promise<void> {
  expect(await expectAwsReply(response)).toBeGreaterThanOrEqual(400);
}

describe('a malformed request gets a client’s error in AWS’s form', () => {
  test('any members with any values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), body, async (operation, body) => {
        const request = await signedRequest(cloud, { target: `TrentService.${operation}`, body: body() });
        await expectAwsReply(await cloud.fetch(request));
      }),
      { numRuns: 500 },
    );
  });

  test('any bytes as a body', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Encrypt', 'CreateAlias', 'Verify'),
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        async (operation, bytes) => {
          const request = await signedRequest(cloud, { target: `TrentService.${operation}`, body: bytes });
          await expectRefusal(await cloud.fetch(request));
        },
      ),
      { numRuns: 200 },
    );
  });

  test.for<[string, string]>([
    ['deep lists', '['.repeat(100_000)],
    ['deep lists that end', `{"KeyId":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['deep objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['a number beyond all bounds', '{"NumberOfBytes":1e999}'],
    ['a list instead of an object', '[]'],
    ['null', 'null'],
    ['a lone surrogate', '{"KeyId":"\\ud800"}'],
    ['an ARN of slashes', `{"KeyId":"arn:aws:kms:${'/'.repeat(2000)}"}`],
    ['a very long key id', `{"KeyId":"${'x'.repeat(500_000)}"}`],
  ])('%s', async ([, body]) => {
    const request = await signedRequest(cloud, { target: 'TrentService.DescribeKey', body });
    await expectRefusal(await cloud.fetch(request));
  });

  test('any target', async () => {
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[ -~]{0,40}$/), async (target) => {
        fc.pre(!operations.includes(target.trim().replace(/^TrentService\./, '')));
        await expectRefusal(await cloud.fetch(await signedRequest(cloud, { target, body: '{}' })));
      }),
      { numRuns: 200 },
    );
  });

  test('any Authorization header', async () => {
    const text = fc.stringMatching(/^[!-~]{0,60}$/);
    const garbage = fc.oneof(
      fc.stringMatching(/^[ -~]{0,200}$/),
      fc.stringMatching(/^[ -~]{0,80}$/).map((text) => `AWS4-HMAC-SHA256 ${text}`),
      fc
        .tuple(text, text, text)
        .map(
          (parts) =>
            'AWS4-HMAC-SHA256 ' +
            ['Credential', 'SignedHeaders', 'Signature']
              .map((name, index) => `${name}=${parts[index] ?? ''}`)
              .join(', '),
        ),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async (authorization) => {
        const signed = await signedRequest(cloud, { target: 'TrentService.ListKeys', body: '{}' });
        const headers = new Headers(signed.headers);
        headers.set('Authorization', authorization);
        await expectRefusal(await cloud.fetch(new Request(signed, { headers })));
      }),
      { numRuns: 300 },
    );
  });

  test.for(['authorization', 'x-amz-date', 'x-amz-target', 'content-type'])('without %s', async (name) => {
    const signed = await signedRequest(cloud, { target: 'TrentService.ListKeys', body: '{}' });
    const headers = new Headers(signed.headers);
    headers.delete(name);
    await expectRefusal(await cloud.fetch(new Request(signed, { headers })));
  });

  test.for(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('by %s', async (method) => {
    const { url, headers } = await signedRequest(cloud, { target: 'TrentService.ListKeys', body: '{}' });
    const response = await cloud.fetch(new Request(url, { method, headers }));
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });

  test('any change of one character in a signed body', async () => {
    const json = JSON.stringify({ KeyId: keyId, Plaintext: 'c2VjcmV0' });
    await fc.assert(
      fc.asyncProperty(fc.nat(json.length - 1), fc.integer({ min: 1, max: 127 }), async (at, mask) => {
        const signed = await signedRequest(cloud, { target: 'TrentService.Encrypt', body: json });
        const altered = new TextEncoder().encode(json);
        altered[at]! ^= mask;
        const request = new Request(signed.url, { method: 'POST', headers: signed.headers, body: altered });
        await expectRefusal(await cloud.fetch(request));
      }),
      { numRuns: 100 },
    );
  });
});

test('after all that, the engine is right', async () => {
  const client = kms(cloud);
  const KeyId = (await client.createKey({})).KeyMetadata?.KeyId;
  const { CiphertextBlob } = await client.encrypt({ KeyId, Plaintext: new Uint8Array([1, 2, 3]) });
  const { Plaintext } = await client.decrypt({ CiphertextBlob });
  expect(Plaintext).toEqual(new Uint8Array([1, 2, 3]));
  expect(defects).toEqual([]);
});
