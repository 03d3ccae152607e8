import { dataKeyInput, dataKeyLength, makeDataKey } from '../data-keys.ts';
import { cryptoKey, operation } from '../operation.ts';

/**
 * GenerateDataKeyWithoutPlaintext: a fresh data key in its encrypted form only, for use later.
 * AWS: KMS API Reference, GenerateDataKeyWithoutPlaintext.
 */
export const GenerateDataKeyWithoutPlaintext = operation('GenerateDataKeyWithoutPlaintext', {
  summary: 'Makes a data key for later use outside of KMS, and gives it encrypted under a KMS key only.',
  readOnly: true,
  input: dataKeyInput(),
  keys: {
    key: {
      ...cryptoKey('kms:GenerateDataKeyWithoutPlaintext', 'ENCRYPT_DECRYPT'),
      algorithm: () => 'SYMMETRIC_DEFAULT',
    },
  },
  check: (input) => void dataKeyLength(input),
  run: ({ input, keys: { key }, call, rooms }) =>
    makeDataKey(call, rooms, key, input, { withPlaintext: false }),
});
