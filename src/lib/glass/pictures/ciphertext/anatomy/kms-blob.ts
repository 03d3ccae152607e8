import { regionsOf } from '$lib/bytes/regions.ts';
import { ciphertextText } from '$lib/strings/ciphertext.ts';
import type { Anatomy, Part } from './parts.ts';

/** How far in each DER element of the blob stands (X.690: an element holds what follows its tag and length). */
const depths: Record<string, number> = {
  'Content type': 1,
  Content: 1,
  EncryptedData: 2,
  'EncryptedData version': 3,
  EncryptedContentInfo: 3,
  'Inner content type': 4,
  Algorithm: 4,
  'Algorithm name': 5,
  'GCM parameters': 5,
  'IV header': 6,
  'Initialization vector': 6,
  'Tag length': 6,
  'Encrypted content': 4,
  Ciphertext: 5,
  'Authentication tag': 5,
};

/** Names every byte of a symmetric ciphertext blob of KMS. The layout is the module's own table. */
export function kmsBlobAnatomy(bytes: Uint8Array): Anatomy {
  const parts = regionsOf(bytes, 'ciphertext-blob').map((region): Part => ({
    ...region,
    depth: depths[region.name] ?? 0,
  }));
  const isWhole = parts.every(({ name }) => name !== 'Unrecognised');
  return { format: 'kms-blob', parts, ...(!isWhole && { fault: ciphertextText.blobBroken }) };
}
