import { expect, test } from 'vitest';
import { counterMode } from '../../src/engine/hsm/kdf.ts';
import vectors from '../vectors/sp800-108-counter-hmac-sha256.json' with { type: 'json' };

test.each(vectors.tests)('NIST CAVP counter mode, COUNT $count, $L bits', async (vector) => {
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(vector.KI, 'hex'),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const output = await counterMode(key, Buffer.from(vector.fixedInputData, 'hex'), vector.L / 8);
  expect(Buffer.from(output).toString('hex')).toBe(vector.KO);
});
