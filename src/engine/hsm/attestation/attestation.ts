import type { Workbench } from '../command.ts';
import type { Attestation, HsmResult } from '../hsm.ts';
import type { AttestCommand } from './attest.ts';
import type { ReadAttestationCommand } from './read-attestation.ts';

/**
 * The two commands of attestation. Their work, and the libraries that it needs, come when they are first used, so
 * that the site does not carry them for everybody.
 */

export async function attest(
  bench: Workbench,
  command: AttestCommand,
): Promise<{ document: Uint8Array; rootCertificate: Uint8Array }> {
  const work = await import('./attest.ts');
  return work.attest(bench, command);
}

export async function readAttestation(
  bench: Workbench,
  command: ReadAttestationCommand,
): Promise<HsmResult<{ attestation: Attestation }>> {
  const work = await import('./read-attestation.ts');
  return work.readAttestation(bench, command);
}
