import { unshared, utf8Bytes } from '../bytes.ts';

/**
 * What a passphrase is stretched by: PBKDF2 with HMAC-SHA-256 (SP 800-132), which Web Crypto makes into a handle without
 * the key ever being bytes in a script. OWASP asks for 600,000 rounds (Password Storage Cheat Sheet, 2023).
 */
export const backupRounds = 1_000_000;

export const saltLength = 16;

/**
 * The key that a backup's domain keys are wrapped under, or its file is sealed by: AES-256-GCM, and it can do that one
 * thing only.
 * @param passphrase is normalised, as two keyboards may write the same letter in different ways (SP 800-63B, §3.1.1.2)
 */
export async function backupKey(
  passphrase: string,
  salt: Uint8Array,
  iterations: number,
  usage: 'wrapKey' | 'unwrapKey' | 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const bytes = utf8Bytes(passphrase.normalize('NFKC'));
  const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  const stretching = { name: 'PBKDF2', hash: 'SHA-256', salt: unshared(salt), iterations };
  return crypto.subtle.deriveKey(stretching, secret, { name: 'AES-GCM', length: 256 }, false, [usage]);
}
