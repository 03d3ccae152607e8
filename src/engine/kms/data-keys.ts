import { integer, oneOf, required } from '../declaration/members.ts';
import type { ForRecipient } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { awsEnums, type AwsEnum } from './enums.ts';
import { validationError } from './errors.ts';
import { dryRun, encryptionContext, grantTokens, keyId } from './members.ts';
import { accept, auditMaterial, cipherSide } from './module.ts';
import type { Rooms } from './operation.ts';
import { arnOfKey, reportedMaterialId, type KeyRecord } from './records.ts';

/** What GenerateDataKey and GenerateDataKeyWithoutPlaintext both take. */
export const dataKeyInput = () => ({
  KeyId: required(keyId()),
  EncryptionContext: encryptionContext(),
  NumberOfBytes: integer({ min: 1, max: 1024 }),
  KeySpec: oneOf(awsEnums.DataKeySpec),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
});

interface DataKeyInput {
  EncryptionContext?: Record<string, string>;
  NumberOfBytes?: number;
  KeySpec?: AwsEnum<'DataKeySpec'>;
}

/** Length in bytes. Throws ValidationException unless exactly one of KeySpec and NumberOfBytes says it. */
export function dataKeyLength({ KeySpec, NumberOfBytes }: DataKeyInput): number {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw validationError('Please specify either number of bytes or key spec.');
  }
  return NumberOfBytes ?? (KeySpec === 'AES_128' ? 16 : 32);
}

/** Has the module draw a data key and encrypt it under `key`. */
export async function makeDataKey(
  call: Call,
  { hsm }: Rooms,
  key: KeyRecord,
  input: DataKeyInput,
  { withPlaintext, recipient }: { withPlaintext: boolean } & ForRecipient,
) {
  const { token, context } = cipherSide(call, key, {
    algorithm: 'SYMMETRIC_DEFAULT',
    context: input.EncryptionContext,
  });
  const result = await hsm.generateDataKey({
    token,
    context,
    length: dataKeyLength(input),
    withPlaintext,
    watched: call.trace.watched,
    ...(recipient && { recipient }),
  });
  const { ciphertext, plaintext, ciphertextForRecipient } = accept(call, result, key);
  auditMaterial(call, key, token.materialId);
  return {
    CiphertextBlob: ciphertext,
    Plaintext: plaintext,
    CiphertextForRecipient: ciphertextForRecipient,
    KeyId: arnOfKey(key),
    KeyMaterialId: recipient ? undefined : reportedMaterialId(key, token.materialId),
  };
}
