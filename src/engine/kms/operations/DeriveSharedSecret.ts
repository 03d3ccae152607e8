import { about, blob, oneOf, required } from '../../declaration/members.ts';
import { awsEnums } from '../enums.ts';
import { dryRun, grantTokens, keyId, recipient } from '../members.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { requireAlgorithm } from '../signing.ts';
import { fetchToken } from '../tokens.ts';

/**
 * DeriveSharedSecret: the raw x coordinate that two key pairs agree on (ECDH, NIST SP 800-56A); not yet a key.
 * AWS: KMS API Reference, DeriveSharedSecret.
 */
export const DeriveSharedSecret = operation('DeriveSharedSecret', {
  summary:
    'Derives a shared secret from the private key of a KMS key and a public key of somebody else, by ECDH.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    KeyAgreementAlgorithm: about(
      'The key agreement scheme; there is one, ECDH.',
      required(oneOf(awsEnums.KeyAgreementAlgorithm)),
    ),
    PublicKey: about(
      'The public key of the other side, on the same curve, as DER SubjectPublicKeyInfo.',
      required(blob({ min: 1, max: 8192 })),
    ),
    GrantTokens: grantTokens(),
    DryRun: dryRun(),
    Recipient: recipient(),
  },
  keys: { key: cryptoKey('kms:DeriveSharedSecret', 'KEY_AGREEMENT') },
  async run({ input, keys: { key }, call, rooms, recipient }) {
    requireAlgorithm(key, input.KeyAgreementAlgorithm);
    const result = await rooms.hsm.deriveSharedSecret({
      token: fetchToken(call, key),
      publicKey: input.PublicKey,
      watched: call.trace.watched,
      ...(recipient && { recipient }),
    });
    const { sharedSecret, ciphertextForRecipient } = accept(call, result, key);
    return {
      KeyId: arnOfKey(key),
      SharedSecret: sharedSecret,
      CiphertextForRecipient: ciphertextForRecipient,
      KeyAgreementAlgorithm: input.KeyAgreementAlgorithm,
      KeyOrigin: key.origin,
    };
  },
});
