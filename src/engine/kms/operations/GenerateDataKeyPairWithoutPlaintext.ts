import { dataKeyPairInput, dataKeyPairKey, makeDataKeyPair } from '../data-key-pairs.ts';
import { operation } from '../operation.ts';

/**
 * GenerateDataKeyPairWithoutPlaintext: a fresh key pair whose private half comes encrypted only, for use later.
 * AWS: KMS API Reference, GenerateDataKeyPairWithoutPlaintext.
 */
export const GenerateDataKeyPairWithoutPlaintext = operation('GenerateDataKeyPairWithoutPlaintext', {
  summary:
    'Makes a key pair for use outside of KMS, and gives its private key encrypted under a KMS key only.',
  readOnly: true,
  input: dataKeyPairInput(),
  keys: { key: dataKeyPairKey('kms:GenerateDataKeyPairWithoutPlaintext') },
  run: ({ input, keys: { key }, call, rooms }) =>
    makeDataKeyPair(call, rooms, key, input, { withPlaintext: false }),
});
