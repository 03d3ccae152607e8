import { about, integer, oneOf, required } from '../declaration/members.ts';
import type { ForRecipient } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { randomFromStore } from './custom-key-stores/random.ts';
import { storeOf } from './custom-key-stores/records.ts';
import { encloseFor } from './enclosing.ts';
import { encryptUnder, encryptedOutside, isInCluster, type Terms } from './encryption.ts';
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
  NumberOfBytes: about(
    'The length of the data key, where it is not one of KeySpec.',
    integer({ min: 1, max: 1024 }),
  ),
  KeySpec: about(
    'The length of the data key, by the cipher that it is for: 128 or 256 bits.',
    oneOf(awsEnums.DataKeySpec),
  ),
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

interface Wanted extends ForRecipient {
  withPlaintext: boolean;
}

/** A data key in up to three forms, and the backing key that encrypted it. */
interface DataKey {
  ciphertext: Uint8Array;
  plaintext?: Uint8Array;
  ciphertextForRecipient?: Uint8Array;
  materialId: string;
}

/** Makes a data key and encrypts it under `key`; gives the members of the reply. */
export async function makeDataKey(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  input: DataKeyInput,
  wanted: Wanted,
) {
  const made = isInCluster(key)
    ? await fromCluster(call, rooms, key, input, wanted)
    : await fromModule(call, rooms, key, input, wanted);
  return {
    CiphertextBlob: made.ciphertext,
    Plaintext: made.plaintext,
    CiphertextForRecipient: made.ciphertextForRecipient,
    KeyId: arnOfKey(key),
    KeyMaterialId: wanted.recipient ? undefined : reportedMaterialId(key, made.materialId),
  };
}

/** The module draws it and encrypts it; an external key encrypts it once more. */
async function fromModule(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  input: DataKeyInput,
  { withPlaintext, recipient }: Wanted,
): Promise<DataKey> {
  const terms = termsOf(input);
  const { token, context } = cipherSide(call, key, terms);
  const result = await rooms.hsm.generateDataKey({
    token,
    context,
    length: dataKeyLength(input),
    withPlaintext,
    watched: call.trace.watched,
    ...(recipient && { recipient }),
  });
  const { ciphertext: inner, plaintext, ciphertextForRecipient } = accept(call, result, key);
  auditMaterial(call, key, token.materialId);
  return {
    ciphertext: await encryptedOutside(call, rooms, key, terms, inner),
    materialId: token.materialId,
    ...(plaintext && { plaintext }),
    ...(ciphertextForRecipient && { ciphertextForRecipient }),
  };
}

/** The cluster draws it and encrypts it. */
async function fromCluster(
  call: Call,
  rooms: Rooms,
  key: KeyRecord,
  input: DataKeyInput,
  { withPlaintext, recipient }: Wanted,
): Promise<DataKey> {
  const plaintext = await randomFromStore(rooms, storeOf(call.transaction, key), dataKeyLength(input));
  const encrypted = await encryptUnder(call, rooms, key, { ...termsOf(input), plaintext });
  if (!recipient) return { ...encrypted, ...(withPlaintext && { plaintext }) };
  return { ...encrypted, ...(await encloseFor(call, rooms, recipient, plaintext)) };
}

function termsOf({ EncryptionContext }: DataKeyInput): Terms {
  return { algorithm: 'SYMMETRIC_DEFAULT', context: EncryptionContext };
}
