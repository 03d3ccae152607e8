import { equal, unshared, type Bytes } from '../bytes.ts';
import { internalSignature } from '../long-lived-keys.ts';
import { decodeCbor, encodeCbor, withoutSign1Tag } from './cbor.ts';
import { demand } from './unacceptable.ts';

/** COSE_Sign1 (RFC 9052 §4.2) with ES384 (RFC 9053 §2.1), as Nitro hypervisors sign. */

const es384 = -35;
const protectedHeader = encodeCbor(new Map([[1, es384]]));
const signatureLength = 96;

/** A message whose form is right; whether its signature is, `isSignedWith` says. */
export interface Sign1 {
  payload: Uint8Array;
  signature: Uint8Array;
}

/** Signs a payload with an ECDSA P-384 key. Untagged, as the Nitro Security Module gives it. */
export async function sign1(key: CryptoKey, payload: Uint8Array): Promise<Bytes> {
  const signature = await crypto.subtle.sign(internalSignature, key, toBeSigned(payload));
  return encodeCbor([protectedHeader, new Map(), payload, new Uint8Array(signature)]);
}

/**
 * Reads a message, tagged or not, that says it is ES384 and says nothing else in its headers.
 * @throws Unacceptable
 */
export function readSign1(message: Uint8Array): Sign1 {
  const parts = withoutSign1Tag(decodeCbor(message));
  demand(Array.isArray(parts) && parts.length === 4, 'It is no COSE_Sign1 message.');
  const [header, unprotected, payload, signature] = parts as unknown[];
  demand(
    header instanceof Uint8Array && equal(header, protectedHeader),
    'Its protected header is not the algorithm ES384 alone.',
  );
  demand(unprotected instanceof Map && unprotected.size === 0, 'Its unprotected header is not empty.');
  demand(payload instanceof Uint8Array, 'It has no payload.');
  demand(
    signature instanceof Uint8Array && signature.length === signatureLength,
    'Its signature has not 96 bytes.',
  );
  return { payload, signature };
}

/** @param publicKey ECDSA P-384 */
export function isSignedWith(publicKey: CryptoKey, { payload, signature }: Sign1): Promise<boolean> {
  return crypto.subtle.verify(internalSignature, publicKey, unshared(signature), toBeSigned(payload));
}

/** Sig_structure (RFC 9052 §4.4), without external data. */
function toBeSigned(payload: Uint8Array): Bytes {
  return encodeCbor(['Signature1', protectedHeader, new Uint8Array(), payload]);
}
