import { macInput, macTerms } from '../macs.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';

/** GenerateMac: an HMAC of a message of up to 4096 bytes, never truncated. AWS: KMS API Reference, GenerateMac. */
export const GenerateMac = operation('GenerateMac', {
  summary: 'Makes the HMAC of a message with an HMAC key.',
  readOnly: true,
  input: macInput(),
  keys: { key: cryptoKey('kms:GenerateMac', 'GENERATE_VERIFY_MAC') },
  async run({ input, keys: { key }, call, rooms }) {
    const { mac } = accept(call, await rooms.hsm.generateMac(macTerms(call, key, input)), key);
    return { Mac: mac, MacAlgorithm: input.MacAlgorithm, KeyId: arnOfKey(key) };
  },
});
