import { sha256 } from '@noble/hashes/sha2.js';
import { unshared, wipe, type Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import { encryptToRecipient } from './recipient-key.ts';
import { sealedForRecipient } from './steps.ts';

const contentKeyLength = 32;
const ivLength = 16;

/**
 * Encrypts a plaintext to an enclave's public key: CMS EnvelopedData (RFC 5652 §6), what KMS calls
 * CiphertextForRecipient. A fresh AES-256-CBC key encrypts the plaintext, padded as §6.3 says; RSAES-OAEP with
 * SHA-256 and MGF1 with SHA-256 encrypts that key (KMS API Reference, RecipientInfo: `RSAES_OAEP_SHA_256`).
 * @param recipientSpki RSA, DER SubjectPublicKeyInfo: an attestation's `publicKey`
 * @param plaintext left as it is, the caller's to wipe
 * @returns a ContentInfo in BER
 * @throws DOMException when `recipientSpki` is no RSA public key
 */
export async function sealForRecipient(
  bench: Workbench,
  recipientSpki: Uint8Array,
  plaintext: Uint8Array,
): Promise<Bytes> {
  const spki = unshared(recipientSpki);
  const contentKey = bench.randomness.bytes(contentKeyLength);
  try {
    const iv = bench.randomness.bytes(ivLength);
    // The encoder comes when it is first needed, so that the site does not carry it for everybody.
    const { encodeEnvelope } = await import('./enveloped-data.ts');
    const { encryptedKey } = await encryptToRecipient(spki, contentKey);
    const sealed = encodeEnvelope({
      // AWS names the key so: RFC 5652 leaves it open where there is no certificate.
      subjectKeyIdentifier: unshared(sha256(spki)),
      encryptedKey,
      iv,
      encryptedContent: await encryptContent(contentKey, iv, unshared(plaintext)),
    });
    bench.steps?.push(sealedForRecipient(spki, plaintext.length, sealed));
    return sealed;
  } finally {
    wipe(contentKey);
  }
}

async function encryptContent(contentKey: Bytes, iv: Bytes, plaintext: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-CBC', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, plaintext));
}
