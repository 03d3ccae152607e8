import { done, refused, type Workbench } from '../command.ts';
import type { ExportedKeyToken, HsmResult, SigningAlgorithm } from '../hsm.ts';
import { requireFitting } from './message-types.ts';
import type { Message } from './scheme.ts';
import { schemes } from './schemes.ts';
import { signatureMatches, signatureRefused } from './steps.ts';

/** The commands that sign and verify. */

/** @throws RangeError for a message whose type or length does not fit the algorithm */
export async function sign<Algorithm extends SigningAlgorithm>(
  bench: Workbench,
  command: Message<Algorithm> & { token: ExportedKeyToken },
): Promise<HsmResult<{ signature: Uint8Array }>> {
  requireFitting(command);
  const signature = await schemes[command.algorithm].sign(bench, command.token, command);
  return signature === undefined ? refused(bench, 'TOKEN_REJECTED') : done(bench, { signature });
}

/**
 * Verifies with a public key (DER SubjectPublicKeyInfo).
 * @throws RangeError for a message whose type or length does not fit the algorithm
 */
export async function verify<Algorithm extends SigningAlgorithm>(
  bench: Workbench,
  command: Message<Algorithm> & { publicKey: Uint8Array; signature: Uint8Array },
): Promise<HsmResult<object>> {
  requireFitting(command);
  const { publicKey, algorithm, signature } = command;
  // Under a key that is none, or by a signature that is none, nothing was signed.
  const valid = await schemes[algorithm].verify(publicKey, command, signature).catch(() => false);
  const describe = valid ? signatureMatches : signatureRefused;
  bench.steps?.push(describe(command, signature));
  return valid ? done(bench, {}) : refused(bench, 'SIGNATURE_REJECTED');
}
