import { wipe, type Bytes } from './bytes.ts';
import type { Workbench } from './command.ts';
import type { ExportedKeyToken } from './hsm.ts';
import type { FixedLengthSpec } from './material/key-formats.ts';
import { privateKeyIn } from './material/private-key.ts';
import type { Purpose } from './purposes.ts';
import { lentKeyForgotten, tokenLent, tokenRefused } from './steps.ts';

/**
 * The one exception to "keys are non-extractable": what Web Crypto cannot do is computed by libraries, which want
 * the key itself. So the key is opened into a handle that can be exported, exported, used, and wiped, all within
 * one command; neither handle nor bytes are kept. This is needed for
 *
 * - signatures over ready-made digests, by RSA and ECDSA: Web Crypto wants to hash the message itself;
 * - algorithms that it lacks: Ed25519ph, ECDSA on secp256k1, SM2, ML-DSA, ML-KEM, HMAC-SHA-224.
 *
 * Every other use of a key goes through `unseal`. JavaScript promises neither constant time, nor that what it has
 * copied or turned into a number on the way is overwritten (SECURITY.md).
 */

/**
 * Lends the key's bytes: a raw key, or of PKCS #8 the private key in it. `use` must not keep them.
 * @returns what `use` gives; `undefined` when the token does not open for this purpose
 */
export function lendKey<Result>(
  bench: Workbench,
  token: ExportedKeyToken,
  purpose: Purpose,
  use: (key: Bytes) => Result,
): Promise<Result | undefined> {
  return lend(bench, token, purpose, async (handle) => {
    const exported = new Uint8Array(await crypto.subtle.exportKey(purpose.format, handle));
    const key = purpose.format === 'raw' ? exported : privateKeyOf(token, exported);
    try {
      return use(key);
    } finally {
      wipe(key);
      wipe(exported);
    }
  });
}

/** Lends an RSA key's numbers (RFC 7518 §6.3), otherwise as `lendKey`. */
export function lendRsaKey<Result>(
  bench: Workbench,
  token: ExportedKeyToken,
  purpose: Purpose,
  use: (key: JsonWebKey) => Result,
): Promise<Result | undefined> {
  return lend(bench, token, purpose, async (handle) => use(await crypto.subtle.exportKey('jwk', handle)));
}

async function lend<Result>(
  { domain, steps }: Workbench,
  token: ExportedKeyToken,
  purpose: Purpose,
  use: (handle: CryptoKey) => Promise<Result>,
): Promise<Result | undefined> {
  const handle = await domain.unsealExtractable(token, purpose);
  if (handle === undefined) {
    steps?.push(tokenRefused(token));
    return undefined;
  }
  steps?.push(tokenLent(token));
  const result = await use(handle);
  steps?.push(lentKeyForgotten());
  return result;
}

function privateKeyOf({ spec }: ExportedKeyToken, pkcs8: Uint8Array): Bytes {
  const read = privateKeyIn(spec as FixedLengthSpec, pkcs8);
  if (read === undefined) throw new TypeError('The platform wrote a private key in a form of its own.');
  return read.privateKey;
}
