import type { Answer } from '$lib/cloud/actor.svelte.ts';
import { expiryInput, wrapUnderRsa } from '$lib/cloud/key-material.ts';
import type { KmsInput, KmsOperation, KmsOutput } from '$lib/cloud/kms.ts';

/** Sends one operation to the key's Region. */
export type Ask = <Name extends KmsOperation>(
  operation: Name,
  input: KmsInput<Name>,
) => Promise<Answer<KmsOutput<Name>>>;

export type ImportType = NonNullable<KmsInput<'ImportKeyMaterial'>['ImportType']>;

/**
 * Imports material as any client would: asks for a wrapping key, wraps under it (RSAES-OAEP with SHA-256, by the
 * browser), sends what comes out. Gives the answer of the request that ended it.
 * @param terms `validTo` in milliseconds since the Unix epoch; without it the material does not expire. Without
 *   `importType`, KMS takes the first material of a key for new, and all other for what the key had.
 */
export async function importMaterial(
  ask: Ask,
  keyArn: string,
  material: Uint8Array<ArrayBuffer>,
  { validTo, importType }: { validTo?: number; importType?: ImportType } = {},
): Promise<Answer> {
  const begun = await ask('GetParametersForImport', {
    KeyId: keyArn,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  });
  if (begun.kind !== 'done') return begun;
  const { PublicKey = new Uint8Array(), ImportToken } = begun.output;
  return ask('ImportKeyMaterial', {
    KeyId: keyArn,
    ImportToken,
    EncryptedKeyMaterial: await wrapUnderRsa(PublicKey, 'SHA-256', material),
    ...(importType && { ImportType: importType }),
    ...expiryInput(validTo),
  });
}
