import { wipe, type Bytes } from './bytes.ts';
import type { Workbench } from './command.ts';
import type { RecipientOutput } from './hsm.ts';

/**
 * What leaves the module in place of a plaintext when there is a recipient. Wipes the plaintext.
 * @param recipient RSA, DER SubjectPublicKeyInfo, out of an attestation document that was found good
 */
export async function forRecipient(
  bench: Workbench,
  recipient: Uint8Array,
  plaintext: Bytes,
): Promise<Required<RecipientOutput>> {
  const { sealForRecipient } = await import('./attestation/recipient.ts');
  try {
    return { ciphertextForRecipient: await sealForRecipient(bench, recipient, plaintext) };
  } finally {
    wipe(plaintext);
  }
}
