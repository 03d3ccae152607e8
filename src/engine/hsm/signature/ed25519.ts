import { unshared, type Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import type { ExportedKeyToken } from '../hsm.ts';
import { lendKey } from '../lent-key.ts';
import { publicKeyIn } from '../material/public-key.ts';
import { ed25519Signing } from '../purposes.ts';
import { unseal } from '../unseal.ts';
import type { Message, Scheme } from './scheme.ts';
import { signed } from './steps.ts';

/**
 * Ed25519 by Web Crypto, and Ed25519ph by a library (RFC 8032 §5.1, FIPS 186-5 §7), with an empty context.
 *
 * KMS takes the 64 bytes of a SHA-512 digest for Ed25519ph, and hashes them again: what is signed is Ed25519ph of
 * the digest. (AWS KMS API Reference, Sign, ED25519_PH_SHA_512.)
 */
export const ed25519: Scheme<'ED25519_SHA_512' | 'ED25519_PH_SHA_512'> = {
  async sign(bench, token, message) {
    if (message.algorithm === 'ED25519_PH_SHA_512') return signPrehashed(bench, token, message);
    const key = await unseal(bench, token, ed25519Signing);
    if (key === undefined) return undefined;
    const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', key, unshared(message.message)));
    bench.steps?.push(signed(message, signature));
    return signature;
  },

  async verify(publicKey, { algorithm, message }, signature) {
    const point = publicKeyIn('ECC_NIST_EDWARDS25519', publicKey);
    if (point === undefined) return false;
    if (algorithm === 'ED25519_PH_SHA_512') {
      const { ed25519ph } = await import('@noble/curves/ed25519.js');
      return ed25519ph.verify(signature, message, point, { zip215: false });
    }
    const key = await crypto.subtle.importKey('spki', unshared(publicKey), 'Ed25519', false, ['verify']);
    return crypto.subtle.verify('Ed25519', key, unshared(signature), unshared(message));
  },
};

async function signPrehashed(
  bench: Workbench,
  token: ExportedKeyToken,
  message: Message,
): Promise<Bytes | undefined> {
  const { ed25519ph } = await import('@noble/curves/ed25519.js');
  return lendKey(bench, token, ed25519Signing, (seed) => {
    const signature = unshared(ed25519ph.sign(message.message, seed));
    bench.steps?.push(signed(message, signature));
    return signature;
  });
}
