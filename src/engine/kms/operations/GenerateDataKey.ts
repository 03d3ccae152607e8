import { dataKeyInput, dataKeyLength, makeDataKey } from '../data-keys.ts';
import { recipient } from '../members.ts';
import { cryptoKey, operation } from '../operation.ts';

/**
 * GenerateDataKey: a fresh data key in two forms, plain and encrypted under the KMS key. KMS keeps neither.
 * AWS: KMS API Reference, GenerateDataKey.
 */
export const GenerateDataKey = operation('GenerateDataKey', {
  summary:
    'Makes a data key for use outside of KMS, and gives it in plaintext and encrypted under a KMS key.',
  readOnly: true,
  input: { ...dataKeyInput(), Recipient: recipient() },
  keys: {
    key: { ...cryptoKey('kms:GenerateDataKey', 'ENCRYPT_DECRYPT'), algorithm: () => 'SYMMETRIC_DEFAULT' },
  },
  check: (input) => void dataKeyLength(input),
  run: ({ input, keys: { key }, call, rooms, recipient }) =>
    makeDataKey(call, rooms, key, input, { withPlaintext: true, ...(recipient && { recipient }) }),
});
