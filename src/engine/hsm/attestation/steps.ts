import type { Step } from '../../trace/trace.ts';
import type { Attestation } from '../hsm.ts';
import { made, read, step, wall } from '../steps.ts';

/** What the module says of attestation to the glass. */

export function sealedForRecipient(publicKey: Uint8Array, length: number, sealed: Uint8Array): Step {
  return step(
    'The module encrypts the plaintext to the public key in the attestation document.',
    [
      read('Key encryption', 'RSAES_OAEP_SHA_256'),
      read('Content encryption', 'AES-256-CBC'),
      read('Public key', publicKey),
      read('Plaintext length', length),
    ],
    [made('Ciphertext for recipient', sealed)],
  );
}

export function attestationRead(
  { moduleId, pcrs, publicKey, timestamp }: Attestation,
  root: Uint8Array,
): Step {
  const registers = Object.entries(pcrs).map(([index, value]) => made(`PCR${index}`, value));
  return step(
    'The module verifies the attestation document.',
    [read('Root certificate', root), read('Timestamp', new Date(timestamp).toISOString())],
    [made('Module id', moduleId), ...registers, made('Public key', publicKey)],
  );
}

export function attestationRefused(document: Uint8Array, reason: string): Step {
  return wall('The attestation document does not verify.', [
    read('Attestation document', document),
    read('Reason', reason),
  ]);
}
