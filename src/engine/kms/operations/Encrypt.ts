import { about, blob, required } from '../../declaration/members.ts';
import { encryptUnder } from '../encryption.ts';
import { dryRun, encryptionAlgorithm, encryptionContext, grantTokens, keyId } from '../members.ts';
import { plaintextLimit, tooLong } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { requireAlgorithm } from '../signing.ts';

/** Encrypt: up to 4096 bytes under a symmetric key, less under RSA. AWS: KMS API Reference, Encrypt. */
export const Encrypt = operation('Encrypt', {
  summary: 'Encrypts up to 4096 bytes under a KMS key.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    Plaintext: about('What to encrypt.', required(blob({ min: 1, max: 4096 }))),
    EncryptionContext: encryptionContext(),
    GrantTokens: grantTokens(),
    EncryptionAlgorithm: encryptionAlgorithm(),
    DryRun: dryRun(),
  },
  keys: { key: cryptoKey('kms:Encrypt', 'ENCRYPT_DECRYPT') },
  async run({ input, keys: { key }, call, rooms }) {
    const { EncryptionAlgorithm: algorithm, EncryptionContext: context, Plaintext: plaintext } = input;
    requireAlgorithm(key, algorithm);
    const encrypting = { key, algorithm };
    if (plaintext.length > plaintextLimit(encrypting)) throw tooLong(encrypting);
    const { ciphertext } = await encryptUnder(call, rooms, key, { algorithm, context, plaintext });
    return { CiphertextBlob: ciphertext, KeyId: arnOfKey(key), EncryptionAlgorithm: algorithm };
  },
});
