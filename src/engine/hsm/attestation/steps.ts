import type { Step } from '../../trace/trace.ts';
import { made, read, step } from '../steps.ts';

/** What the module says of attestation to the glass. */

export function sealedForRecipient(publicKey: Uint8Array, length: number, sealed: Uint8Array): Step {
  return step(
    'The module encrypts the plaintext to the public key of the enclave.',
    [
      read('Key encryption', 'RSAES_OAEP_SHA_256'),
      read('Content encryption', 'AES-256-CBC'),
      read('Public key', publicKey),
      read('Plaintext length', length),
    ],
    [made('Ciphertext for recipient', sealed)],
  );
}
