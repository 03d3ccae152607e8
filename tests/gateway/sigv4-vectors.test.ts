import { describe, expect, test } from 'vitest';
import { canonicalRequest, hashHex } from '../../src/engine/gateway/sigv4/canonical-request.ts';
import { signer, stringToSign } from '../../src/engine/gateway/sigv4/signature.ts';
import { incomingFetch, readRequest } from '../../src/engine/gateway/wire.ts';
import suite from '../vectors/sigv4-aws-test-suite.json' with { type: 'json' };

// Of AWS's suite, the vectors with path `/` that a Fetch `Request` can carry: it joins repeated headers with
// ", " before anybody sees them, and the front door lets no other path pass.
describe("AWS's own test suite for Signature Version 4", () => {
  const sign = signer();

  test.each(suite.vectors)('$name', async (vector) => {
    const request = new Request(vector.url, {
      method: vector.method,
      headers: { ...vector.headers, 'X-Amz-Date': suite.time },
      ...(vector.body !== '' && { body: vector.body }),
    });
    const wire = await readRequest(incomingFetch(request));
    const canonical = canonicalRequest(wire, vector.signedHeaders.split(';'), hashHex(wire.body));
    expect(canonical).toBe(vector.canonicalRequest);
    const text = stringToSign(suite.time, suite.scope, hashHex(canonical!));
    expect(text).toBe(vector.stringToSign);
    expect(sign(suite.credentials.secretAccessKey, suite.scope, text)).toBe(vector.signature);
  });
});
