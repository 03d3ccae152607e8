import { about, blob, required } from '../../declaration/members.ts';
import { macInput, macTerms } from '../macs.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/**
 * VerifyMac. A MAC that does not match is an error, never `MacValid: false`.
 * AWS: KMS API Reference, VerifyMac.
 */
export const VerifyMac = operation('VerifyMac', {
  summary: 'Verifies the HMAC of a message with an HMAC key; one that does not match is an error.',
  readOnly: true,
  input: {
    ...macInput(),
    Mac: about('The HMAC, as GenerateMac gave it.', required(blob({ min: 1, max: 6144 }))),
  },
  keys: { key: cryptoKey('kms:VerifyMac', 'GENERATE_VERIFY_MAC') },
  async run({ input, keys: { key }, call, rooms }) {
    const command = { ...macTerms(call, key, input), mac: input.Mac };
    accept(call, await rooms.hsm.verifyMac(command), key);
    return { KeyId: arnOfKey(key), MacValid: true, MacAlgorithm: input.MacAlgorithm };
  },
});
