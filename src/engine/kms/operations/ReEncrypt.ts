import { required } from '../../declaration/members.ts';
import { keyNamedBy } from '../ciphertext.ts';
import {
  ciphertext,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
} from '../members.ts';
import { accept, cipherSide } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey, type KeyRecord } from '../records.ts';

/**
 * ReEncrypt: decrypts under one key and encrypts under another without the plaintext leaving the module.
 * AWS: KMS API Reference, ReEncrypt.
 */
export const ReEncrypt = operation('ReEncrypt', {
  readOnly: true,
  input: {
    CiphertextBlob: required(ciphertext()),
    SourceEncryptionContext: encryptionContext(),
    SourceKeyId: keyId(),
    DestinationKeyId: required(keyId()),
    DestinationEncryptionContext: encryptionContext(),
    SourceEncryptionAlgorithm: encryptionAlgorithm(),
    DestinationEncryptionAlgorithm: encryptionAlgorithm(),
    GrantTokens: grantTokens(),
    DryRun: dryRun(),
  },
  keys: {
    source: {
      ...cryptoKey('kms:ReEncryptFrom', 'ENCRYPT_DECRYPT'),
      named: (input) => keyNamedBy(input.SourceKeyId, input.CiphertextBlob),
      context: (input) => input.SourceEncryptionContext,
      algorithm: (input) => input.SourceEncryptionAlgorithm,
    },
    destination: {
      ...cryptoKey('kms:ReEncryptTo', 'ENCRYPT_DECRYPT'),
      named: (input) => input.DestinationKeyId,
      context: (input) => input.DestinationEncryptionContext,
      algorithm: (input) => input.DestinationEncryptionAlgorithm,
    },
  },
  async run({ input, keys, call, rooms }) {
    const source = cipherSide(call, keys.source, {
      algorithm: input.SourceEncryptionAlgorithm,
      context: input.SourceEncryptionContext,
      ciphertext: input.CiphertextBlob,
    });
    const destination = cipherSide(call, keys.destination, {
      algorithm: input.DestinationEncryptionAlgorithm,
      context: input.DestinationEncryptionContext,
    });
    const result = await rooms.hsm.reEncrypt({
      source: { ...source, ciphertext: input.CiphertextBlob },
      destination,
      watched: call.trace.watched,
    });
    const { ciphertext: reEncrypted } = accept(call, result, keys.source, {
      key: keys.destination,
      algorithm: destination.algorithm,
    });
    return {
      CiphertextBlob: reEncrypted,
      SourceKeyId: arnOfKey(keys.source),
      KeyId: arnOfKey(keys.destination),
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: destination.algorithm,
      SourceKeyMaterialId: reportedMaterial(keys.source, source.token.materialId),
      DestinationKeyMaterialId: reportedMaterial(keys.destination, destination.token.materialId),
    };
  },
});

/** Only symmetric keys have a KeyMaterialId that AWS reports. */
function reportedMaterial(key: KeyRecord, materialId: string): string | undefined {
  return key.spec === 'SYMMETRIC_DEFAULT' ? materialId : undefined;
}
