import type { ImportType, WrappingKeySpec } from '@aws-sdk/client-kms';
import { actor } from '$lib/cloud/actor.svelte.ts';
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
  const EncryptedKeyMaterial = await wrapMaterial(wrapping, Uint8Array.from(PublicKey!), material);
  await aws.call('ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial,
    ...(importType && { ImportType: importType }),
    ...(description && { KeyMaterialDescription: description }),
    ...(days === undefined
      ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const }
      : {
          ExpirationModel: 'KEY_MATERIAL_EXPIRES' as const,
          ValidTo: new Date(actor.now + days * 86_400_000),
        }),
  });
  return EncryptedKeyMaterial;
}
