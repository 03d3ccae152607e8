import { equal, unshared, type Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import type { ExportedKeyToken } from '../hsm.ts';
import { lendRsaKey } from '../lent-key.ts';
import { rsaSchemes, rsaSigning, type RsaSigningAlgorithm } from '../purposes.ts';
import { encodePkcs1, encodePss, verifyPss } from './emsa.ts';
import {
  privateNumbers,
  privateOperation,
  publicNumbers,
  publicOperation,
  toBytes,
  toNumber,
} from './rsa-numbers.ts';
import type { Message } from './scheme.ts';
import { signed } from './steps.ts';

/**
 * RSA signatures over a digest that the caller made. Web Crypto offers none, nor the bare RSA operation, so the key
 * is lent, and RSA is done on numbers.
 */

/**
 * RSASSA-PKCS1-v1_5 or RSASSA-PSS (RFC 8017 §8.2.1, §8.1.1) over a digest; the salt is as long as the digest.
 * `undefined`: the token does not open.
 */
export function signDigest(
  bench: Workbench,
  token: ExportedKeyToken,
  message: Message<RsaSigningAlgorithm>,
): Promise<Bytes | undefined> {
  const { algorithm, message: digest } = message;
  const { name, hash } = rsaSchemes[algorithm];
  const { randomness } = bench;
  return lendRsaKey(bench, token, rsaSigning(algorithm), (jwk) => {
    const key = privateNumbers(jwk);
    const length = Math.ceil(key.bits / 8);
    const encoded =
      name === 'RSA-PSS'
        ? encodePss(hash, digest, randomness.bytes(digest.length), key.bits - 1)
        : encodePkcs1(hash, digest, length);
    const signature = toBytes(privateOperation(key, toNumber(encoded), randomness), length);
    bench.steps?.push(signed(message, signature));
    return signature;
  });
}

/** Verifies such a signature (RFC 8017 §8.2.2, §8.1.2). */
export async function verifyDigest(
  publicKey: Uint8Array,
  algorithm: RsaSigningAlgorithm,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const scheme = rsaSchemes[algorithm];
  const handle = await crypto.subtle.importKey('spki', unshared(publicKey), scheme, true, ['verify']);
  const key = publicNumbers(await crypto.subtle.exportKey('jwk', handle));

  const length = Math.ceil(key.bits / 8);
  if (signature.length !== length) return false;
  const number = publicOperation(key, toNumber(signature));
  if (number === undefined) return false;
  if (scheme.name === 'RSASSA-PKCS1-v1_5') {
    return equal(toBytes(number, length), encodePkcs1(scheme.hash, digest, length));
  }
  const encodedLength = Math.ceil((key.bits - 1) / 8);
  return (
    number >> BigInt(8 * encodedLength) === 0n &&
    verifyPss(scheme.hash, digest, toBytes(number, encodedLength), key.bits - 1)
  );
}
