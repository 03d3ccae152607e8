import { blob, required } from '../../declaration/members.ts';
import { dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId } from '../members.ts';
import { accept, auditMaterial, cipherSide, plaintextLimit, tooLong } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/** Encrypt: up to 4096 bytes under a symmetric key, less under RSA. AWS: KMS API Reference, Encrypt. */
export const Encrypt = operation('Encrypt', {
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    Plaintext: required(blob({ min: 1, max: 4096 })),
    EncryptionContext: encryptionContext(),
    GrantTokens: grantTokens(),
    EncryptionAlgorithm: encryptionAlgorithm(),
    DryRun: dryRun(),
  },
  keys: { key: cryptoKey('kms:Encrypt', 'ENCRYPT_DECRYPT') },
  async run({ input, keys: { key }, call, rooms }) {
    const side = cipherSide(call, key, {
      algorithm: input.EncryptionAlgorithm,
      context: input.EncryptionContext,
    });
    const encrypting = { key, algorithm: side.algorithm };
    if (input.Plaintext.length > plaintextLimit(encrypting)) throw tooLong(encrypting);
    const { ciphertext } = accept(
      call,
      await rooms.hsm.encrypt({ ...side, plaintext: input.Plaintext, watched: call.trace.watched }),
      key,
    );
    auditMaterial(call, key, side.token.materialId);
    return { CiphertextBlob: ciphertext, KeyId: arnOfKey(key), EncryptionAlgorithm: side.algorithm };
  },
});
