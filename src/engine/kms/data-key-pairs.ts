import { about, oneOf, required } from '../declaration/members.ts';
import type { AwsError } from '../errors/aws-error.ts';
import type { ForRecipient } from '../hsm/hsm.ts';
import type { Call } from '../service/service.ts';
import { awsEnums, type AwsEnum } from './enums.ts';
import { unsupported } from './errors.ts';
import { isOfferedIn } from './key-specs.ts';
import { dryRun, encryptionContext, grantTokens, keyId } from './members.ts';
import { accept, auditMaterial, cipherSide } from './module.ts';
import { cryptoKey, type Rooms } from './operation.ts';
import { arnOfKey, reportedMaterialId, type KeyRecord } from './records.ts';

/** What GenerateDataKeyPair and GenerateDataKeyPairWithoutPlaintext both take. */
export const dataKeyPairInput = () => ({
  EncryptionContext: encryptionContext(),
  KeyId: required(keyId()),
  KeyPairSpec: about('What kind of key pair to make.', required(oneOf(awsEnums.DataKeyPairSpec))),
  GrantTokens: grantTokens(),
  DryRun: dryRun(),
});

/** Terms of the KMS key that encrypts a pair's private half: symmetric, and in no custom key store. */
export function dataKeyPairKey(action: string) {
  return {
    ...cryptoKey(action, 'ENCRYPT_DECRYPT'),
    algorithm: () => 'SYMMETRIC_DEFAULT',
    unfit: inCustomKeyStore,
  } as const;
}

function inCustomKeyStore(key: KeyRecord): AwsError | undefined {
  if (!key.customKeyStore) return undefined;
  return unsupported(`${arnOfKey(key)} origin is ${key.origin} which is not valid for this operation.`);
}

interface DataKeyPairInput {
  EncryptionContext?: Record<string, string>;
  KeyPairSpec: AwsEnum<'DataKeyPairSpec'>;
}

/**
 * Has the module make a key pair and encrypt its private half under `key`.
 * Throws UnsupportedOperationException for a spec that the Region does not offer.
 */
export async function makeDataKeyPair(
  call: Call,
  { hsm }: Rooms,
  key: KeyRecord,
  { EncryptionContext, KeyPairSpec: pairSpec }: DataKeyPairInput,
  { withPlaintext, recipient }: { withPlaintext: boolean } & ForRecipient,
) {
  if (!isOfferedIn(pairSpec, call.region)) {
    throw unsupported(`KeyPairSpec ${pairSpec} is not supported in ${call.region}.`);
  }
  const { token, context } = cipherSide(call, key, {
    algorithm: 'SYMMETRIC_DEFAULT',
    context: EncryptionContext,
  });
  const result = await hsm.generateDataKeyPair({
    token,
    context,
    pairSpec,
    withPlaintext,
    watched: call.trace.watched,
    ...(recipient && { recipient }),
  });
  const { ciphertext, publicKey, privateKey, ciphertextForRecipient } = accept(call, result, key);
  auditMaterial(call, key, token.materialId);
  return {
    PrivateKeyCiphertextBlob: ciphertext,
    PrivateKeyPlaintext: privateKey,
    CiphertextForRecipient: ciphertextForRecipient,
    PublicKey: publicKey,
    KeyId: arnOfKey(key),
    KeyPairSpec: pairSpec,
    KeyMaterialId: recipient ? undefined : reportedMaterialId(key, token.materialId),
  };
}
