import { about, required } from '../../declaration/members.ts';
import { encapsulationInput } from '../encapsulation.ts';
import { ciphertext } from '../members.ts';
import { accept } from '../module.ts';
import { cryptoKey, operation } from '../operation.ts';
import { arnOfKey } from '../records.ts';
import { requireAlgorithm } from '../signing.ts';
import { fetchToken } from '../tokens.ts';

/**
 * Decapsulate: the secret that was encapsulated. A ciphertext of the right length never fails: one that was
 * altered gives another secret (FIPS 203 §6.3, implicit rejection). AWS: KMS API Reference, Decapsulate.
 */
export const Decapsulate = operation('Decapsulate', {
  summary:
    'Recovers the shared secret from what Encapsulate has made, with the private key of an ML-KEM key pair.',
  readOnly: true,
  input: {
    ...encapsulationInput(),
    SharedSecretCiphertextBlob: about(
      'What Encapsulate, or another program with the public key, has made.',
      required(ciphertext()),
    ),
  },
  keys: { key: cryptoKey('kms:Decapsulate', 'ENCAPSULATE_DECAPSULATE') },
  async run({ input, keys: { key }, call, rooms }) {
    requireAlgorithm(key, input.EncapsulationAlgorithm);
    const result = await rooms.hsm.decapsulate({
      token: fetchToken(call, key),
      ciphertext: input.SharedSecretCiphertextBlob,
      watched: call.trace.watched,
    });
    const { sharedSecret } = accept(call, result, key);
    return {
      KeyId: arnOfKey(key),
      SharedSecret: sharedSecret,
      EncapsulationAlgorithm: input.EncapsulationAlgorithm,
    };
  },
});
