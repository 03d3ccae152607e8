import { about, blob, required } from '../../declaration/members.ts';
import { dryRun, grantTokens, keyId, message, messageType, signingAlgorithm } from '../members.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { publicKeyOf, signingTerms } from '../signing.ts';

/**
 * Verify. A signature that does not match is an error, never `SignatureValid: false`.
 * AWS: KMS API Reference, Verify.
 */
export const Verify = operation('Verify', {
  summary: 'Verifies a signature with the public key of a KMS key; one that does not match is an error.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    Message: required(message()),
    MessageType: messageType(),
    Signature: about('The signature, as Sign gave it.', required(blob({ min: 1, max: 6144 }))),
    SigningAlgorithm: required(signingAlgorithm()),
    GrantTokens: grantTokens(),
    DryRun: dryRun(),
  },
  keys: { key: cryptoKey('kms:Verify', 'SIGN_VERIFY') },
  async run({ input, keys: { key }, call, rooms }) {
    const terms = signingTerms(key, input);
    const command = {
      ...terms,
      publicKey: publicKeyOf(key),
      signature: input.Signature,
      watched: call.trace.watched,
    };
    accept(call, await rooms.hsm.verify(command), key);
    return { KeyId: arnOfKey(key), SignatureValid: true, SigningAlgorithm: terms.algorithm };
  },
});
