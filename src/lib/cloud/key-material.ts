/** What every import of key material does, whoever asks for it and by which way. */

/**
 * Encrypts under KMS's wrapping key by RSAES-OAEP (RFC 8017 §7.1), in the browser.
 * @param publicKey SubjectPublicKeyInfo, from GetParametersForImport
 */
export async function wrapUnderRsa(
  publicKey: Uint8Array,
  hash: 'SHA-1' | 'SHA-256',
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'RSA-OAEP', hash };
  const key = await crypto.subtle.importKey('spki', Uint8Array.from(publicKey), algorithm, false, [
    'encrypt',
  ]);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, bytes));
}

/**
 * What ImportKeyMaterial is told of the material's end.
 * @param validTo milliseconds since the Unix epoch; without it the material does not expire
 */
export function expiryInput(validTo?: number) {
  return validTo === undefined
    ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const }
    : { ExpirationModel: 'KEY_MATERIAL_EXPIRES' as const, ValidTo: new Date(validTo) };
}
