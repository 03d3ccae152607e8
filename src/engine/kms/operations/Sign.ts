import { required } from '../../declaration/members.ts';
import { dryRun, grantTokens, keyId, message, messageType, signingAlgorithm } from '../members.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { signingTerms } from '../signing.ts';
import { fetchToken } from '../tokens.ts';

/** Sign: a message of up to 4096 bytes, or a digest made elsewhere. AWS: KMS API Reference, Sign. */
export const Sign = operation('Sign', {
  summary: 'Signs a message, or the digest of one, with the private key of a KMS key.',
  readOnly: true,
  input: {
    KeyId: required(keyId()),
    Message: required(message()),
    MessageType: messageType(),
    GrantTokens: grantTokens(),
    SigningAlgorithm: required(signingAlgorithm()),
    DryRun: dryRun(),
  },
  keys: { key: cryptoKey('kms:Sign', 'SIGN_VERIFY') },
  async run({ input, keys: { key }, call, rooms }) {
    const terms = signingTerms(key, input);
    const { signature } = accept(
      call,
      await rooms.hsm.sign({ ...terms, token: fetchToken(call, key), watched: call.trace.watched }),
      key,
    );
    return { KeyId: arnOfKey(key), Signature: signature, SigningAlgorithm: terms.algorithm };
  },
});
