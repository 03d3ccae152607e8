import { describe, expect, test } from 'vitest';
import { call, literal, named, object, print, run } from '../../src/engine/hsm/attempts/expression.ts';
import type { Attempt, BackingKeySpec } from '../../src/engine/hsm/hsm.ts';
import { memoryHsmStore } from '../../src/engine/hsm/store/memory.ts';
import { accepted, ciphers, knownDomainKey, newToken, openTestHsm, openToken, refusal } from './support.ts';

const domainKey = new Uint8Array(32).fill(7);

async function attemptsOn(spec: BackingKeySpec): Promise<{ attempts: Attempt[]; material: Buffer }> {
  const hsm = await openTestHsm(memoryHsmStore(await knownDomainKey(domainKey)), 'seed');
  const token = await newToken(hsm, spec);
  const { attempts } = accepted(await hsm.attemptExport({ token }));
  return { attempts, material: openToken(token, domainKey) };
}

test.each<BackingKeySpec>([
  ...(['SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'SM2'] as const),
  ...(['ECC_SECG_P256K1', 'HMAC_224', 'HMAC_256', 'ML_DSA_44', 'ML_KEM_512'] as const),
])('the platform refuses every attempt on %s but the one that is inside the wall', async (spec) => {
  const { attempts } = await attemptsOn(spec);
  expect(attempts.filter(({ outcome }) => outcome === 'got-through').map(({ name }) => name)).toEqual([
    'unwrapKey as an extractable key',
  ]);
  for (const { name, code, why, error, got } of attempts) {
    expect(code, name).toMatch(/^(await crypto\.subtle\.\w+|JSON\.stringify|Object\.keys)\(/);
    expect(why).toMatch(/\.$/);
    // Either the platform's own error, or what came out.
    expect((error === undefined) !== (got === undefined), name).toBe(true);
  }
});

test('what gets through is told of by its length alone', async () => {
  const { attempts, material } = await attemptsOn('SYMMETRIC_DEFAULT');
  expect(attempts.at(-1)!.got).toBe('32 bytes. They were overwritten at once.');
  const told = JSON.stringify(attempts);
  for (const form of ['hex', 'base64', 'base64url'] as const)
    expect(told).not.toContain(material.toString(form));
});

test('each error is the platform’s own', async () => {
  const { attempts } = await attemptsOn('SYMMETRIC_DEFAULT');
  // Node calls some InvalidAccessException; browsers, as the specification does, InvalidAccessError.
  const errors = Object.fromEntries(attempts.map(({ name, error }) => [name, error?.name]));
  expect(errors).toMatchObject({
    'exportKey raw': expect.stringMatching(/^InvalidAccess/) as string,
    'structuredClone, then exportKey': expect.stringMatching(/^InvalidAccess/) as string,
    'exportKey of the domain key': expect.stringMatching(/^InvalidAccess/) as string,
    'wrapKey of the domain key': expect.stringMatching(/^InvalidAccess/) as string,
    'decrypt the token with the domain key': expect.stringMatching(/^InvalidAccess/) as string,
    'unwrapKey with another key': 'OperationError',
    'unwrapKey under another key’s name': 'OperationError',
  });
});

test('a token that does not open is not attacked', async () => {
  const hsm = await openTestHsm();
  const token = await newToken(hsm);
  const altered = { ...token, sealed: new Uint8Array(48) };
  expect(refusal(await hsm.attemptExport({ token: altered }))).toBe('TOKEN_REJECTED');
  accepted(await hsm.attemptExport({ token }));
  accepted(await hsm.encrypt({ ...ciphers, token, plaintext: Buffer.from('x') }));
});

describe('code that is both read and run', () => {
  const digest = call('crypto.subtle.digest', literal('SHA-256'), named('data', new Uint8Array(3)));

  test('is run as it stands there, inner calls first', async () => {
    const copied = call('structuredClone', object({ bytes: digest }));
    expect(await run(copied)).toEqual({
      bytes: await crypto.subtle.digest('SHA-256', new Uint8Array(3)),
    });
    await expect(run(call('crypto.subtle.digest', literal('no hash'), named('data', 0)))).rejects.toThrow();
  });

  test('reads as one would write it', () => {
    expect(print(digest)).toBe("await crypto.subtle.digest('SHA-256', data)");
    expect(print(call('JSON.stringify', named('key', 0)))).toBe('JSON.stringify(key)');
    const long = call(
      ...(['crypto.subtle.unwrapKey', literal('raw'), named('token.sealed', 0)] as const),
      object({ name: literal('AES-GCM'), iv: named('token.iv', 0) }),
      ...[literal(true), literal(['sign'])],
    );
    expect(print(long)).toBe(
      [
        'await crypto.subtle.unwrapKey(',
        "  'raw',",
        '  token.sealed,',
        "  { name: 'AES-GCM', iv: token.iv },",
        '  true,',
        "  ['sign'],",
        ')',
      ].join('\n'),
    );
  });
});
