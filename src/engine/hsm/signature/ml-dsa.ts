import { unshared, wipe } from '../bytes.ts';
import type { BackingKeySpec, MlDsaSpec } from '../hsm.ts';
import { lendKey } from '../lent-key.ts';
import { loadMlDsa } from '../material/post-quantum.ts';
import { publicKeyIn } from '../material/public-key.ts';
import { bareKey } from '../purposes.ts';
import type { Message, Scheme } from './scheme.ts';
import { signed } from './steps.ts';

const specs: readonly MlDsaSpec[] = ['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'];

/**
 * ML-DSA (FIPS 204), hedged, with an empty context. A message's μ may be given in place of it (FIPS 204 §5.2 and
 * algorithm 7, line 6), which makes no difference to the signature's form.
 */
export const mlDsa: Scheme<'ML_DSA_SHAKE_256'> = {
  async sign(bench, token, message) {
    const spec = isMlDsa(token.spec) ? token.spec : specs[0]!;
    const library = await loadMlDsa(spec);
    return lendKey(bench, token, bareKey(spec), (seed) => {
      const { secretKey } = library.keygen(seed);
      const options = { extraEntropy: bench.randomness.bytes(32) };
      const signature = unshared(
        message.messageType === 'EXTERNAL_MU'
          ? library.internal.sign(message.message, secretKey, { ...options, externalMu: true })
          : library.sign(message.message, secretKey, options),
      );
      wipe(secretKey);
      bench.steps?.push(signed(message, signature));
      return signature;
    });
  },

  async verify(spki, { message, messageType }: Message, signature) {
    const spec = specs.find((one) => publicKeyIn(one, spki) !== undefined);
    if (spec === undefined) return false;
    const publicKey = publicKeyIn(spec, spki)!;
    const library = await loadMlDsa(spec);
    return messageType === 'EXTERNAL_MU'
      ? library.internal.verify(signature, message, publicKey, { externalMu: true })
      : library.verify(signature, message, publicKey);
  },
};

function isMlDsa(spec: BackingKeySpec): spec is MlDsaSpec {
  return specs.some((one) => one === spec);
}
