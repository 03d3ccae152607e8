import type { ImportType, WrappingKeySpec } from '@aws-sdk/client-kms';
import { actor } from '$lib/cloud/actor.svelte.ts';
import { expiryInput } from '$lib/cloud/key-material.ts';
import { aws } from '../client.ts';
import { wrapMaterial, type Wrapping } from './wrapping.ts';

export interface Import {
  material: Uint8Array<ArrayBuffer>;
  wrapping: Wrapping;
  wrappingKeySpec: WrappingKeySpec;
  importType?: ImportType;
  description?: string;
  /** Without it the material does not expire. */
  days?: number;
}

/** Imports material into a key, as any client would. Gives what was sent: the wrapped material. */
export async function importInto(KeyId: string, brought: Import): Promise<Uint8Array> {
  const { material, wrapping, wrappingKeySpec, importType, description, days } = brought;
  const { PublicKey, ImportToken } = await aws.call('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: wrapping,
    WrappingKeySpec: wrappingKeySpec,
  });
  const EncryptedKeyMaterial = await wrapMaterial(wrapping, PublicKey!, material);
  await aws.call('ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial,
    ...(importType && { ImportType: importType }),
    ...(description && { KeyMaterialDescription: description }),
    ...expiryInput(days === undefined ? undefined : actor.now + days * 86_400_000),
  });
  return EncryptedKeyMaterial;
}
