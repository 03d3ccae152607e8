import { unshared, wipe } from './bytes.ts';
import { done, refused, type Workbench } from './command.ts';
import type { BackingKeySpec, ExportedKeyToken, HsmResult, MlKemSpec } from './hsm.ts';
import { lendKey } from './lent-key.ts';
import { belongsTo } from './material/material-id.ts';
import { loadMlKem } from './material/post-quantum.ts';
import { publicKeyIn } from './material/public-key.ts';
import {
  ciphertextRefused,
  publicKeyRefused,
  secretDecapsulated,
  secretEncapsulated,
} from './public-key-steps.ts';
import { bareKey } from './purposes.ts';
import { tokenRefused } from './steps.ts';
import { unseal } from './unseal.ts';

/** ML-KEM (FIPS 203). A shared secret has 32 bytes. */

/** Bytes of a ciphertext (FIPS 203, table 3). */
const ciphertextLengths: Record<MlKemSpec, number> = {
  ML_KEM_512: 768,
  ML_KEM_768: 1088,
  ML_KEM_1024: 1568,
};

/**
 * Encapsulates under the public key (FIPS 203 §7.2). As when RSA encrypts, the token is opened though its key is
 * not needed, so that nothing is ever encapsulated that this module could not decapsulate again.
 */
export async function encapsulate(
  bench: Workbench,
  { token, publicKey }: { token: ExportedKeyToken; publicKey: Uint8Array },
): Promise<HsmResult<{ sharedSecret: Uint8Array; ciphertext: Uint8Array }>> {
  const { spec } = token;
  if (!isMlKem(spec)) return refuseToken(bench, token);
  if ((await unseal(bench, token, bareKey(spec))) === undefined) return refused(bench, 'TOKEN_REJECTED');
  const key = publicKeyIn(spec, publicKey);
  if (key === undefined || !belongsTo(token, publicKey)) {
    bench.steps?.push(publicKeyRefused(token, publicKey));
    return refused(bench, 'TOKEN_REJECTED');
  }
  const library = await loadMlKem(spec);
  const message = bench.randomness.bytes(32);
  const { sharedSecret, cipherText: ciphertext } = library.encapsulate(key, message);
  wipe(message);
  bench.steps?.push(secretEncapsulated(token, sharedSecret.length, ciphertext));
  return done(bench, { sharedSecret, ciphertext });
}

/** FIPS 203 §7.3. Altered ciphertext gives another secret, and only one of another length is refused. */
export async function decapsulate(
  bench: Workbench,
  { token, ciphertext }: { token: ExportedKeyToken; ciphertext: Uint8Array },
): Promise<HsmResult<{ sharedSecret: Uint8Array }>> {
  const { spec } = token;
  if (!isMlKem(spec)) return refuseToken(bench, token);
  if (ciphertext.length !== ciphertextLengths[spec]) {
    bench.steps?.push(ciphertextRefused('ML_KEM', ciphertext));
    return refused(bench, 'CIPHERTEXT_REJECTED');
  }
  const library = await loadMlKem(spec);
  const sharedSecret = await lendKey(bench, token, bareKey(spec), (seed) => {
    const { secretKey } = library.keygen(seed);
    const secret = unshared(library.decapsulate(ciphertext, secretKey));
    wipe(secretKey);
    bench.steps?.push(secretDecapsulated(token, ciphertext, secret.length));
    return secret;
  });
  return sharedSecret === undefined ? refused(bench, 'TOKEN_REJECTED') : done(bench, { sharedSecret });
}

function isMlKem(spec: BackingKeySpec): spec is MlKemSpec {
  return spec in ciphertextLengths;
}

function refuseToken(bench: Workbench, token: ExportedKeyToken): HsmResult<never> {
  bench.steps?.push(tokenRefused(token));
  return refused(bench, 'TOKEN_REJECTED');
}
