/**
 * What encryption by the KMS design costs at the very least: one HMAC to derive the call's key from the backing
 * key (SP 800-108), one import of that key, one AES-GCM.
 */
export async function rawKms(aad: Uint8Array<ArrayBuffer>) {
  const { subtle } = crypto;
  const backingKey = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
  ]);

  async function callKey(nonce: Uint8Array<ArrayBuffer>, use: 'encrypt' | 'decrypt') {
    const derived = await subtle.sign('HMAC', backingKey, nonce);
    return subtle.importKey('raw', derived, 'AES-GCM', false, [use]);
  }

  return {
    async encrypt(plaintext: Uint8Array<ArrayBuffer>) {
      const nonce = crypto.getRandomValues(new Uint8Array(16));
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const key = await callKey(nonce, 'encrypt');
      const ciphertext = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, plaintext);
      return { nonce, iv, ciphertext };
    },
    async decrypt({ nonce, iv, ciphertext }: Sealed) {
      const key = await callKey(nonce, 'decrypt');
      return subtle.decrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, ciphertext);
    },
  };
}

interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  iv: Uint8Array<ArrayBuffer>;
  ciphertext: ArrayBuffer;
}
