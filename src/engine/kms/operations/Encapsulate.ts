import { encapsulationInput } from '../encapsulation.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { publicKeyOf, requireAlgorithm } from '../signing.ts';
import { fetchToken } from '../tokens.ts';

/**
 * Encapsulate: a fresh 32-byte secret, plain and as a ciphertext that only the key's private half opens
 * (ML-KEM, FIPS 203). Whoever has the public key can do the same outside. AWS: KMS API Reference, Encapsulate.
 */
export const Encapsulate = operation('Encapsulate', {
  summary: 'Makes a shared secret and encrypts it to the public key of an ML-KEM key pair.',
  readOnly: true,
  input: encapsulationInput(),
  keys: { key: cryptoKey('kms:Encapsulate', 'ENCAPSULATE_DECAPSULATE') },
  async run({ input, keys: { key }, call, rooms }) {
    requireAlgorithm(key, input.EncapsulationAlgorithm);
    const result = await rooms.hsm.encapsulate({
      token: fetchToken(call, key),
      publicKey: publicKeyOf(key),
      watched: call.trace.watched,
    });
    const { sharedSecret, ciphertext } = accept(call, result, key);
    return {
      KeyId: arnOfKey(key),
      SharedSecret: sharedSecret,
      SharedSecretCiphertextBlob: ciphertext,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    };
  },
});
