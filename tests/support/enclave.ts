import type { OctetString } from 'asn1js';
import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { ContentInfo, EnvelopedData, type KeyTransRecipientInfo } from 'pkijs';
import type { Cloud } from '../../src/engine/cloud.ts';
import type { Attestation } from '../../src/engine/hsm/hsm.ts';

/** A simulated enclave: it shows an attestation document and opens what KMS encrypts to its key. */
export interface Enclave {
  /** The Recipient member of a request. */
  recipient(): Promise<{ KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256'; AttestationDocument: Uint8Array }>;
  /** Opens CMS EnvelopedData (RFC 5652 §6) by pkijs and Node's own cryptography. */
  open(ciphertextForRecipient: Uint8Array | undefined): Uint8Array;
}

export function startEnclave(
  cloud: Cloud,
  pcrs: Record<number, string>,
  kind: Attestation['kind'] = 'enclave',
): Enclave {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    recipient: async () => ({
      KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
      AttestationDocument: await cloud.attest({ kind, pcrs, publicKey: spki }),
    }),
    open(ciphertextForRecipient) {
      const info = ContentInfo.fromBER(new Uint8Array(ciphertextForRecipient!));
      const envelope = new EnvelopedData({ schema: info.content as unknown });
      const { encryptedKey } = envelope.recipientInfos[0]!.value as KeyTransRecipientInfo;
      const { encryptedContentInfo } = envelope;
      const key = privateDecrypt(
        { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
        encryptedKey.valueBlock.valueHexView,
      );
      const iv = encryptedContentInfo.contentEncryptionAlgorithm.algorithmParams as OctetString;
      const decipher = createDecipheriv('aes-256-cbc', key, iv.valueBlock.valueHexView);
      const content = new Uint8Array(encryptedContentInfo.getEncryptedContent());
      return new Uint8Array(Buffer.concat([decipher.update(content), decipher.final()]));
    },
  };
}
