import { hexToBytes } from '@noble/hashes/utils.js';

export const nonceLength = 16;
export const ivLength = 12;
export const tagLength = 16;

export type Part = { name: string; meaning: string } & (
  | { kind: 'constant'; bytes: Uint8Array }
  | { kind: 'value'; field: 'materialId' | 'nonce' | 'iv'; length: number }
  /** How many bytes follow, up to the blob's end: 4 bytes, big-endian. */
  | { kind: 'length' }
  /** Tag and length of a DER element that reaches to the blob's end. */
  | { kind: 'element'; tag: number }
);

/** What SYMMETRIC_DEFAULT is: AES, and SM4 in the Regions of China. */
export type BlobCipher = 'AES-256-GCM' | 'SM4-128-GCM';

/**
 * What stands where in a symmetric ciphertext blob. AWS calls the blob opaque; this is read from public samples.
 *
 * The first five parts are AWS's own. The others are DER (X.690) of a PKCS #7 EncryptedData (RFC 2315 §13,
 * RFC 5652 §8) with AES-256-GCM (RFC 5084 §3.2). The content follows the last part. No samples with SM4 are public;
 * here they differ in the algorithm only, with the parameters of AES-GCM.
 */
export const blobLayouts: Record<BlobCipher, readonly Part[]> = {
  'AES-256-GCM': layout(
    constant('Algorithm', '301e', 'SEQUENCE: the algorithm and its parameters.'),
    constant(
      'Algorithm name',
      '060960864801650304012e',
      'OBJECT IDENTIFIER 2.16.840.1.101.3.4.1.46: aes256-GCM.',
    ),
  ),
  'SM4-128-GCM': layout(
    constant('Algorithm', '301d', 'SEQUENCE: the algorithm and its parameters.'),
    // GM/T 0006-2012.
    constant('Algorithm name', '06082a811ccf55016808', 'OBJECT IDENTIFIER 1.2.156.10197.1.104.8: sm4-GCM.'),
  ),
};

function layout(...algorithm: Part[]): readonly Part[] {
  return [
    constant(
      'Header',
      '0102020078',
      'Begins every symmetric ciphertext blob: AQICAH in Base64. The rest is not public.',
    ),
    value(
      'Key material id',
      'materialId',
      32,
      'Names the backing key, so that Decrypt finds it without a KeyId.',
    ),
    constant('Nonce marker', '01', 'A nonce follows.'),
    value(
      'Nonce',
      'nonce',
      nonceLength,
      'Drawn for this call; with the backing key it yields the per-call key.',
    ),
    { kind: 'length', name: 'Length', meaning: 'How many bytes follow: 32 bits, big-endian.' },
    element('ContentInfo', 0x30, 'SEQUENCE: a PKCS #7 message.'),
    constant(
      'Content type',
      '06092a864886f70d010706',
      'OBJECT IDENTIFIER 1.2.840.113549.1.7.6: encryptedData.',
    ),
    element('Content', 0xa0, '[0]: the message itself.'),
    element('EncryptedData', 0x30, 'SEQUENCE: encrypted data, without any recipient.'),
    constant('EncryptedData version', '020100', 'INTEGER 0.'),
    element('EncryptedContentInfo', 0x30, 'SEQUENCE: what is inside, how it is encrypted, and the result.'),
    constant('Inner content type', '06092a864886f70d010701', 'OBJECT IDENTIFIER 1.2.840.113549.1.7.1: data.'),
    ...algorithm,
    constant('GCM parameters', '3011', 'SEQUENCE: initialization vector and tag length.'),
    constant('IV header', '040c', 'OCTET STRING of 12 bytes.'),
    value('Initialization vector', 'iv', ivLength, 'Drawn for this call: the IV of AES-GCM.'),
    constant('Tag length', '020110', 'INTEGER 16: bytes in the authentication tag.'),
    element('Encrypted content', 0x80, '[0]: ciphertext and authentication tag.'),
  ];
}

function constant(name: string, hex: string, meaning: string): Part {
  return { kind: 'constant', name, bytes: hexToBytes(hex), meaning };
}

function value(name: string, field: 'materialId' | 'nonce' | 'iv', length: number, meaning: string): Part {
  return { kind: 'value', name, field, length, meaning };
}

function element(name: string, tag: number, meaning: string): Part {
  return { kind: 'element', name, tag, meaning };
}
