import { dataKeyPairInput, dataKeyPairKey, makeDataKeyPair } from '../data-key-pairs.ts';
import { recipient } from '../members.ts';
import { operation } from '../operation.ts';

/**
 * GenerateDataKeyPair: a fresh key pair for use outside KMS, its private half also encrypted under the KMS key.
 * KMS keeps nothing of it. AWS: KMS API Reference, GenerateDataKeyPair.
 */
export const GenerateDataKeyPair = operation('GenerateDataKeyPair', {
  summary:
    'Makes a key pair for use outside of KMS, and gives its private key in plaintext and encrypted under a KMS key.',
  readOnly: true,
  input: { ...dataKeyPairInput(), Recipient: recipient() },
  keys: { key: dataKeyPairKey('kms:GenerateDataKeyPair') },
  run: ({ input, keys: { key }, call, rooms, recipient }) =>
    makeDataKeyPair(call, rooms, key, input, { withPlaintext: true, ...(recipient && { recipient }) }),
});
