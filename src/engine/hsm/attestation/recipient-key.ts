import { unshared } from '../bytes.ts';
import { demand, Unacceptable } from './unacceptable.ts';

const shortestModulus = 2048;

/** RSAES-OAEP with SHA-256 and MGF1 with SHA-256 (RFC 8017 §7.1), the only KeyEncryptionAlgorithm of recipients. */
const keyEncryption = { name: 'RSA-OAEP', hash: 'SHA-256' };

/**
 * Encrypts a content key to a recipient.
 * @param spki RSA, DER SubjectPublicKeyInfo
 * @throws DOMException when it is no RSA key
 */
export async function encryptToRecipient(
  spki: Uint8Array,
  contentKey: Uint8Array,
): Promise<RecipientCiphertext> {
  const key = await crypto.subtle.importKey('spki', unshared(spki), keyEncryption, false, ['encrypt']);
  const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
  const encrypted = await crypto.subtle.encrypt('RSA-OAEP', key, unshared(contentKey));
  return { modulusLength, encryptedKey: new Uint8Array(encrypted) };
}

interface RecipientCiphertext {
  /** Of the recipient's key, in bits. */
  modulusLength: number;
  encryptedKey: Uint8Array<ArrayBuffer>;
}

/**
 * @param spki what an attestation document has for a public key
 * @throws Unacceptable when it is no RSA key of at least 2048 bits
 */
export async function demandRecipientKey(spki: Uint8Array): Promise<void> {
  const { modulusLength } = await tryOut(spki);
  demand(
    modulusLength >= shortestModulus,
    `Its public key is RSA of ${modulusLength} bits, fewer than ${shortestModulus}.`,
  );
}

/** Encrypts something with it: platforms import keys that they then cannot encrypt with. */
async function tryOut(spki: Uint8Array): Promise<RecipientCiphertext> {
  try {
    return await encryptToRecipient(spki, new Uint8Array(32));
  } catch {
    throw new Unacceptable('Its public key is no RSA key that one can encrypt with.');
  }
}
