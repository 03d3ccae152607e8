import { about, list, oneOf } from '../../declaration/members.ts';
import { checkIgnoredCiphertext, heededCiphertext, keyNamedBy } from '../ciphertext.ts';
import { decryptUnder } from '../encryption.ts';
import { awsEnums } from '../enums.ts';
import {
  ciphertext,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
  recipient,
} from '../members.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey, reportedMaterialId } from '../records.ts';

/**
 * Decrypt. A symmetric ciphertext names its own key, so KeyId may be left out; an RSA ciphertext does not.
 * AWS: KMS API Reference, Decrypt.
 */
export const Decrypt = operation('Decrypt', {
  summary: 'Decrypts a ciphertext that was encrypted under a KMS key.',
  readOnly: true,
  input: {
    CiphertextBlob: ciphertext(),
    EncryptionContext: encryptionContext(),
    GrantTokens: grantTokens(),
    KeyId: about(
      'The key that is to decrypt; a symmetric ciphertext names its own, and another one is then refused.',
      keyId(),
    ),
    EncryptionAlgorithm: encryptionAlgorithm(),
    Recipient: recipient(),
    DryRun: dryRun(),
    DryRunModifiers: about(
      'IGNORE_CIPHERTEXT: a dry run that does not look at the ciphertext.',
      list(oneOf(awsEnums.DryRunModifier)),
    ),
  },
  keys: {
    key: {
      ...cryptoKey('kms:Decrypt', 'ENCRYPT_DECRYPT'),
      named: (input) => keyNamedBy(input.KeyId, heededCiphertext(input)),
    },
  },
  check: checkIgnoredCiphertext,
  differs: [
    'A dry run asks no custom key store, and so does not see whether a ciphertext of its keys is sound; what AWS does is not published.',
  ],
  async run({ input, keys: { key }, call, rooms, recipient }) {
    const heeded = heededCiphertext(input);
    if (!heeded) return {};
    const { EncryptionAlgorithm: algorithm, EncryptionContext: context } = input;
    const opened = await decryptUnder(call, rooms, key, {
      algorithm,
      context,
      ciphertext: heeded,
      ...(recipient && { recipient }),
    });
    return {
      KeyId: arnOfKey(key),
      Plaintext: opened.plaintext,
      EncryptionAlgorithm: algorithm,
      CiphertextForRecipient: opened.ciphertextForRecipient,
      KeyMaterialId: recipient ? undefined : reportedMaterialId(key, opened.materialId),
    };
  },
});
