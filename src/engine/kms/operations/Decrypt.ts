import { list, oneOf } from '../../declaration/members.ts';
import { keyNamedBy } from '../ciphertext.ts';
import { validationError } from '../errors.ts';
import {
  ciphertext,
  dryRun,
  encryptionAlgorithm,
  encryptionContext,
  grantTokens,
  keyId,
  recipient,
} from '../members.ts';
import { accept, auditMaterial, cipherSide } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/**
 * Decrypt. A symmetric ciphertext names its own key, so KeyId may be left out; an RSA ciphertext does not.
 * AWS: KMS API Reference, Decrypt.
 */
export const Decrypt = operation('Decrypt', {
  readOnly: true,
  input: {
    CiphertextBlob: ciphertext(),
    EncryptionContext: encryptionContext(),
    GrantTokens: grantTokens(),
    KeyId: keyId(),
    EncryptionAlgorithm: encryptionAlgorithm(),
    Recipient: recipient(),
    DryRun: dryRun(),
    DryRunModifiers: list(oneOf(['IGNORE_CIPHERTEXT'])),
  },
  keys: {
    key: {
      ...cryptoKey('kms:Decrypt', 'ENCRYPT_DECRYPT'),
      named: (input) => keyNamedBy(input.KeyId, input.CiphertextBlob),
    },
  },
  check({ CiphertextBlob, DryRun, DryRunModifiers }) {
    const ignored = DryRunModifiers?.includes('IGNORE_CIPHERTEXT') ?? false;
    if (ignored && !DryRun) throw validationError('DryRunModifiers can only be used with DryRun.');
    if (!CiphertextBlob && !ignored) throw validationError('CiphertextBlob is required.');
  },
  async run({ input, keys: { key }, call, rooms }) {
    if (!input.CiphertextBlob) return {};
    const side = cipherSide(call, key, {
      algorithm: input.EncryptionAlgorithm,
      context: input.EncryptionContext,
      ciphertext: input.CiphertextBlob,
    });
    const { plaintext } = accept(
      call,
      await rooms.hsm.decrypt({ ...side, ciphertext: input.CiphertextBlob, watched: call.trace.watched }),
      key,
    );
    const { materialId } = side.token;
    auditMaterial(call, key, materialId);
    return {
      KeyId: arnOfKey(key),
      Plaintext: plaintext,
      EncryptionAlgorithm: side.algorithm,
      KeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' ? materialId : undefined,
    };
  },
});
