import { unshared } from '../bytes.ts';
import { hashLength, rsaSchemes, rsaSigning, type RsaSigningAlgorithm } from '../purposes.ts';
import { unseal } from '../unseal.ts';
import { signDigest, verifyDigest } from './rsa-digest.ts';
import type { Scheme } from './scheme.ts';
import { signed } from './steps.ts';

/** RSASSA-PSS, whose salt is as long as the hash, and RSASSA-PKCS1-v1_5 (RFC 8017 §8). */
export const rsa: Scheme<RsaSigningAlgorithm> = {
  async sign(bench, token, message) {
    if (message.messageType === 'DIGEST') return signDigest(bench, token, message);
    const { algorithm } = message;
    const key = await unseal(bench, token, rsaSigning(algorithm));
    if (key === undefined) return undefined;
    const signature = new Uint8Array(
      await crypto.subtle.sign(parameters(algorithm), key, unshared(message.message)),
    );
    bench.steps?.push(signed(message, signature));
    return signature;
  },

  async verify(publicKey, { algorithm, message, messageType }, signature) {
    if (messageType === 'DIGEST') return verifyDigest(publicKey, algorithm, message, signature);
    const scheme = rsaSchemes[algorithm];
    const key = await crypto.subtle.importKey('spki', unshared(publicKey), scheme, false, ['verify']);
    return crypto.subtle.verify(parameters(algorithm), key, unshared(signature), unshared(message));
  },
};

function parameters(algorithm: RsaSigningAlgorithm): Algorithm | RsaPssParams {
  const { name, hash } = rsaSchemes[algorithm];
  return name === 'RSA-PSS' ? { name, saltLength: hashLength[hash] } : { name };
}
