import { done, refused, type Workbench } from '../command.ts';
import type { Attestation, HsmResult } from '../hsm.ts';
import { signerOf, type Trust } from './chain.ts';
import { isSignedWith, readSign1 } from './cose.ts';
import { readDocument } from './document.ts';
import { demandRecipientKey } from './recipient-key.ts';
import { attestationRoot } from './root.ts';
import { attestationRead, attestationRefused } from './steps.ts';
import { demand, Unacceptable } from './unacceptable.ts';

export interface ReadAttestationCommand {
  document: Uint8Array;
  /** The cloud's time, in milliseconds since the Unix epoch. */
  now: number;
}

/** KMS takes no longer one (KMS API Reference, RecipientInfo). */
const maximumLength = 262_144;

/** "Attestation documents are valid for five minutes" (KMS Developer Guide, "Cryptographic attestation"). */
const maximumAge = 5 * 60 * 1000;

/** Verifies an attestation document (AWS Nitro Enclaves NSM API, "Attestation process", §3). */
export async function readAttestation(
  bench: Workbench,
  { document, now }: ReadAttestationCommand,
): Promise<HsmResult<{ attestation: Attestation }>> {
  const { certificate: root } = await attestationRoot(bench.memory);
  try {
    const attestation = await verify(document, { root, now });
    bench.steps?.push(attestationRead(attestation, root));
    return done(bench, { attestation });
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    bench.steps?.push(attestationRefused(document, error.message));
    return refused(bench, 'ATTESTATION_REJECTED');
  }
}

async function verify(bytes: Uint8Array, trust: Trust): Promise<Attestation> {
  demand(bytes.length <= maximumLength, 'It is too long.');
  const message = readSign1(bytes);
  const document = readDocument(message.payload);
  const signer = await signerOf(document, trust);
  demand(await isSignedWith(signer, message), 'Its signature is not that of its certificate.');
  demand(Math.abs(trust.now - document.timestamp) <= maximumAge, 'It is not of the last five minutes.');
  await demandRecipientKey(document.publicKey);
  const { moduleId, kind, pcrs, publicKey, timestamp } = document;
  return { moduleId, kind, pcrs, publicKey: new Uint8Array(publicKey), timestamp };
}
