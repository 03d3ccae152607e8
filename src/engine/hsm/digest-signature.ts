import { equal, unshared, type Bytes } from './bytes.ts';
import type { Workbench } from './command.ts';
import { encodePkcs1, encodePss, verifyPss } from './emsa.ts';
import type { ExportedKeyToken, SigningAlgorithm } from './hsm.ts';
import { hashLength, rsaSigning, signatureSchemes, type SignatureScheme } from './purposes.ts';
import {
  privateNumbers,
  privateOperation,
  publicNumbers,
  publicOperation,
  toBytes,
  toNumber,
} from './rsa-numbers.ts';

/**
 * Signatures over a digest that the caller made (MessageType DIGEST). Web Crypto offers none, nor the bare RSA
 * operation, so the key is opened into a handle that can be exported, and RSA is done on numbers.
 * Neither handle nor numbers outlive the call.
 */

/**
 * RSASSA-PKCS1-v1_5 or RSASSA-PSS (RFC 8017 §8.2.1, §8.1.1) over a digest; the salt is as long as the digest.
 * `undefined`: the token does not open.
 * @throws RangeError when the digest's length is not that of the algorithm's hash
 */
export async function signDigest(
  { domain, randomness }: Workbench,
  token: ExportedKeyToken,
  algorithm: SigningAlgorithm,
  digest: Uint8Array,
): Promise<Bytes | undefined> {
  const scheme = signatureSchemes[algorithm];
  requireDigest(scheme, digest);
  const handle = await domain.unsealExtractable(token, rsaSigning(algorithm));
  if (handle === undefined) return undefined;
  const key = privateNumbers(await crypto.subtle.exportKey('jwk', handle));

  const length = Math.ceil(key.bits / 8);
  const encoded =
    scheme.name === 'RSA-PSS'
      ? encodePss(scheme.hash, digest, randomness.bytes(digest.length), key.bits - 1)
      : encodePkcs1(scheme.hash, digest, length);
  return toBytes(privateOperation(key, toNumber(encoded), randomness), length);
}

/**
 * Verifies such a signature (RFC 8017 §8.2.2, §8.1.2).
 * @throws RangeError when the digest's length is not that of the algorithm's hash
 */
export async function verifyDigest(
  publicKey: Uint8Array,
  algorithm: SigningAlgorithm,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const scheme = signatureSchemes[algorithm];
  requireDigest(scheme, digest);
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

function requireDigest({ hash }: SignatureScheme, digest: Uint8Array): void {
  if (digest.length !== hashLength[hash]) {
    throw new RangeError(`A ${hash} digest has ${hashLength[hash]} bytes, not ${digest.length}.`);
  }
}
