import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import type {
  AlgorithmSpec,
  GetParametersForImportResponse,
  ImportKeyMaterialRequest,
  KMS,
  WrappingKeySpec,
} from '@aws-sdk/client-kms';

/** Import as a customer does it: wrapped by Node's own cryptography. */

interface Wrapping {
  WrappingAlgorithm: AlgorithmSpec;
  WrappingKeySpec: WrappingKeySpec;
}

export const oaep: Wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
export const hybrid: Wrapping = {
  WrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256',
  WrappingKeySpec: 'RSA_2048',
};

export function wrap(
  { PublicKey }: GetParametersForImportResponse,
  algorithm: AlgorithmSpec,
  material: Uint8Array,
): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(PublicKey!), format: 'der', type: 'spki' });
  const oaepHash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  const byRsa = (bytes: Uint8Array) =>
    publicEncrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes);
  if (!algorithm.startsWith('RSA_AES_KEY_WRAP')) return byRsa(material);
  const aesKey = randomBytes(32);
  // AES-KWP, RFC 5649.
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([byRsa(aesKey), cipher.update(material), cipher.final()]);
}

/** Imports material that does not expire, unless `terms` say otherwise. */
export async function importInto(
  client: KMS,
  KeyId: string,
  material: Uint8Array,
  terms: Partial<ImportKeyMaterialRequest> = {},
  wrapping: Wrapping = oaep,
) {
  const parameters = await client.getParametersForImport({ KeyId, ...wrapping });
  const imported = await client.importKeyMaterial({
    KeyId,
    ImportToken: parameters.ImportToken!,
    EncryptedKeyMaterial: wrap(parameters, wrapping.WrappingAlgorithm, material),
    ...(terms.ValidTo === undefined && { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const }),
    ...terms,
  });
  return { ...imported, importToken: parameters.ImportToken! };
}
