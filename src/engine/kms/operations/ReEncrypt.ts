import { about, list, oneOf, required } from '../../declaration/members.ts';
import type { ConditionKeys } from '../../service/permit.ts';
import type { Call } from '../../service/service.ts';
import { locationOf } from '../aliases.ts';
import { checkIgnoredCiphertext, heededCiphertext, keyNamedBy, type CiphertextInput } from '../ciphertext.ts';
import { awsEnums } from '../enums.ts';
import { findKey, type KeyReference } from '../find-key.ts';
import {
  ciphertext,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
} from '../members.ts';
import { cryptoKey, operation } from '../operation.ts';
import { reEncrypt } from '../reencryption.ts';
import { arnOfKey, reportedMaterialId, type KeyRecord } from '../records.ts';

/**
 * ReEncrypt: decrypts under one key and encrypts under another without the plaintext leaving the module.
 * AWS: KMS API Reference, ReEncrypt.
 */
export const ReEncrypt = operation('ReEncrypt', {
  summary: 'Decrypts a ciphertext under one key and encrypts it under another, all within KMS.',
  readOnly: true,
  input: {
    CiphertextBlob: ciphertext(),
    SourceEncryptionContext: about(
      'The encryption context with which the ciphertext was made.',
      encryptionContext(),
    ),
    SourceKeyId: about(
      'The key under which it is encrypted now; a symmetric ciphertext names its own.',
      keyId(),
    ),
    DestinationKeyId: about('The key under which it is to be encrypted.', required(keyId())),
    DestinationEncryptionContext: about(
      'The encryption context to bind to the new ciphertext.',
      encryptionContext(),
    ),
    SourceEncryptionAlgorithm: about('How it is encrypted now.', encryptionAlgorithm()),
    DestinationEncryptionAlgorithm: about('How it is to be encrypted.', encryptionAlgorithm()),
    GrantTokens: grantTokens(),
    DryRun: dryRun(),
    DryRunModifiers: about(
      'IGNORE_CIPHERTEXT: a dry run that does not look at the ciphertext.',
      list(oneOf(awsEnums.DryRunModifier)),
    ),
  },
  keys: {
    source: {
      ...cryptoKey('kms:ReEncryptFrom', 'ENCRYPT_DECRYPT'),
      named: (input) => keyNamedBy(input.SourceKeyId, heededCiphertext(input)),
      context: (input) => input.SourceEncryptionContext,
      algorithm: (input) => input.SourceEncryptionAlgorithm,
      conditions: sameKey,
    },
    destination: {
      ...cryptoKey('kms:ReEncryptTo', 'ENCRYPT_DECRYPT'),
      named: (input) => input.DestinationKeyId,
      context: (input) => input.DestinationEncryptionContext,
      algorithm: (input) => input.DestinationEncryptionAlgorithm,
      conditions: sameKey,
    },
  },
  check: checkIgnoredCiphertext,
  differs: [
    'A dry run asks no custom key store, and so does not see whether a ciphertext of its keys is sound and the destination takes what is in it; what AWS does is not published.',
  ],
  async run({ input, keys, call, rooms }) {
    const heeded = heededCiphertext(input);
    if (!heeded) return {};
    const source = {
      key: keys.source,
      algorithm: input.SourceEncryptionAlgorithm,
      context: input.SourceEncryptionContext,
      ciphertext: heeded,
    };
    const destination = {
      key: keys.destination,
      algorithm: input.DestinationEncryptionAlgorithm,
      context: input.DestinationEncryptionContext,
    };
    const done = await reEncrypt(call, rooms, source, destination);
    return {
      CiphertextBlob: done.ciphertext,
      SourceKeyId: arnOfKey(keys.source),
      KeyId: arnOfKey(keys.destination),
      SourceEncryptionAlgorithm: source.algorithm,
      DestinationEncryptionAlgorithm: destination.algorithm,
      SourceKeyMaterialId: reportedMaterialId(keys.source, done.sourceMaterialId),
      DestinationKeyMaterialId: reportedMaterialId(keys.destination, done.materialId),
    };
  },
});

interface NamesBothKeys extends CiphertextInput {
  SourceKeyId?: string;
  DestinationKeyId: string;
}

/** kms:ReEncryptOnSameKey (KMS Developer Guide): whether source and destination are one key. */
function sameKey(input: NamesBothKeys, _key: KeyRecord, call: Call): ConditionKeys {
  const location = locationOf(call);
  const find = (reference: KeyReference) =>
    arnOfKey(findKey(call.transaction, location, reference, 'key or alias').record);
  const source = find(keyNamedBy(input.SourceKeyId, heededCiphertext(input)));
  return { 'kms:ReEncryptOnSameKey': [String(source === find(input.DestinationKeyId))] };
}
