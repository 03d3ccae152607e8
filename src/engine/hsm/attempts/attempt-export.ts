import { unshared } from '../bytes.ts';
import { done, refused, type Workbench } from '../command.ts';
import { asItIs } from '../domain.ts';
import type { Attempt, ExportedKeyToken, HsmResult } from '../hsm.ts';
import { sealedFormat, tokenAad } from '../key-token.ts';
import { ordinaryPurpose } from '../purposes.ts';
import { unseal } from '../unseal.ts';
import { attempt, type Idea } from './attempt.ts';
import { call, literal, named, object, type Expression } from './expression.ts';

/**
 * Tries to take a key out of the module, in earnest, with everything that a script inside it has: the backing key's
 * handle, the domain key's, the token, and a key of the attacker's own. Each attempt's code is what ran.
 */
export async function attemptExport(
  bench: Workbench,
  { token }: { token: ExportedKeyToken },
): Promise<HsmResult<{ attempts: Attempt[] }>> {
  const backingKey = await unseal(bench, token, ordinaryPurpose(token.spec));
  const domainKey = bench.domain.handleOf(token.domainKeyId);
  if (backingKey === undefined || domainKey === undefined) return refused(bench, 'TOKEN_REJECTED');
  const attackersKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, [
    ...(['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'] as const),
  ]);
  const attempts: Attempt[] = [];
  for (const idea of ideas(token, { backingKey, domainKey, attackersKey }))
    attempts.push(await attempt(idea));
  return done(bench, { attempts });
}

interface Handles {
  backingKey: CryptoKey;
  domainKey: CryptoKey;
  attackersKey: CryptoKey;
}

function ideas(token: ExportedKeyToken, handles: Handles): Idea[] {
  const backingKey = named('backingKey', handles.backingKey);
  const domainKey = named('domainKey', handles.domainKey);
  const attackersKey = named('attackersKey', handles.attackersKey);
  const format = literal(sealedFormat(token.spec));
  const freshIv = object({ name: literal('AES-GCM'), iv: named('new Uint8Array(12)', new Uint8Array(12)) });

  const iv = named('token.iv', unshared(token.iv));
  const sealed = named('token.sealed', unshared(token.sealed));
  const aad = named('tokenIdentity', tokenAad(token));
  const otherToken = { ...token, keyArn: otherKeyOf(token) };
  const otherAad = named('identityOfAnotherKey', tokenAad(otherToken));
  const opening = (additionalData: Expression) => object({ name: literal('AES-GCM'), iv, additionalData });
  const unwrap = (key: Expression, additionalData: Expression) =>
    call(
      'crypto.subtle.unwrapKey',
      ...[literal('raw'), sealed, key, opening(additionalData)],
      object({ name: literal('HMAC'), hash: literal('SHA-256') }),
      ...[literal(true), literal(asItIs.usages)],
    );

  return [
    ...(['raw', 'pkcs8', 'jwk'] as const).map((one) => ({
      name: `exportKey ${one}`,
      expression: call('crypto.subtle.exportKey', literal(one), backingKey),
      why: 'The handle was made non-extractable. The browser keeps the bytes where no script can read them.',
    })),
    {
      name: 'structuredClone, then exportKey',
      expression: call('crypto.subtle.exportKey', format, call('structuredClone', backingKey)),
      why: 'A copy of a handle points to the same key, and is no more extractable than the first.',
    },
    {
      name: 'JSON.stringify',
      expression: call('JSON.stringify', backingKey),
      why: 'A handle has no properties that hold anything of the key.',
    },
    {
      name: 'Object.keys',
      expression: call('Object.keys', backingKey),
      why: 'A handle has no properties that hold anything of the key.',
    },
    {
      name: 'wrapKey with a key of the attacker’s',
      expression: call('crypto.subtle.wrapKey', format, backingKey, attackersKey, freshIv),
      why: 'Wrapping is exporting and encrypting. It takes extractable handles only.',
    },
    {
      name: 'exportKey of the domain key',
      expression: call('crypto.subtle.exportKey', literal('raw'), domainKey),
      why: 'Each module opened the domain key out of the domain token as a non-extractable handle.',
    },
    {
      name: 'wrapKey of the domain key',
      expression: call('crypto.subtle.wrapKey', literal('raw'), domainKey, attackersKey, freshIv),
      why: 'Wrapping is exporting and encrypting. It takes extractable handles only.',
    },
    {
      name: 'decrypt the token with the domain key',
      expression: call('crypto.subtle.decrypt', opening(aad), domainKey, sealed),
      why: 'The domain key’s handle may wrap and unwrap keys, and nothing else. Decrypting would give bytes.',
    },
    {
      name: 'unwrapKey with another key',
      expression: unwrap(attackersKey, aad),
      why: 'The token was sealed by AES-256-GCM under the domain key. Under any other key its tag does not match.',
    },
    {
      name: 'unwrapKey under another key’s name',
      expression: unwrap(domainKey, otherAad),
      why: 'The key ARN is bound into the seal. A token that is passed off as another KMS key’s does not open.',
    },
    {
      name: 'unwrapKey as an extractable key',
      expression: call('crypto.subtle.exportKey', literal('raw'), unwrap(domainKey, aad)),
      why:
        'This one works. Who holds the domain key’s handle may unwrap, and Web Crypto lets whoever unwraps choose ' +
        'an extractable key. So no handle of a domain key ever leaves the module’s worker. A browser’s wall is its ' +
        'origin: script that runs inside it is inside. A hardware module’s wall is its case.',
    },
  ];
}

/** The same ARN with another key id. */
function otherKeyOf({ keyArn }: ExportedKeyToken): string {
  return `${keyArn.slice(0, keyArn.lastIndexOf('/') + 1)}00000000-0000-0000-0000-000000000000`;
}
