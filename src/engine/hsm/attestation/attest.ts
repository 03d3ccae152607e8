import { bytesToHex } from '@noble/hashes/utils.js';
import type { Randomness } from '../../clock/randomness.ts';
import type { Bytes } from '../bytes.ts';
import type { Workbench } from '../command.ts';
import type { Attestation } from '../hsm.ts';
import { makeSigningKey } from '../long-lived-keys.ts';
import { sign1 } from './cose.ts';
import { writeDocument } from './document.ts';
import { issueCertificate, type Issuer, type Subject } from './issue-certificate.ts';
import { attestationRoot } from './root.ts';

/** What somebody in an enclave asks the Nitro Security Module to attest, and what the hypervisor knows of it. */
export interface AttestCommand extends Pick<Attestation, 'kind' | 'pcrs' | 'publicKey'> {
  now: number;
}

/** How long the certificates of one document are valid: three hours, as those of AWS's signers are. */
const certificateLifetime = 3 * 60 * 60 * 1000;

/**
 * Plays the Nitro hypervisor: root → an authority for the instance → the certificate that signs. All but the root
 * are made for this one document, and their private keys are not kept.
 * @throws RangeError for a register or a public key that no document can have
 */
export async function attest(
  { memory, randomness }: Workbench,
  { kind, pcrs, publicKey, now }: AttestCommand,
): Promise<{ document: Bytes; rootCertificate: Bytes }> {
  const root = await attestationRoot(memory);
  const instanceId = `i-${hexDigits(randomness, 17)}`;
  const moduleId = `${instanceId}-${kind === 'enclave' ? `enc${hexDigits(randomness, 16)}` : tpmSuffix}`;
  const authority = await newKey(`${instanceId}.${root.commonName}`);
  const signer = await newKey(moduleId);
  const certify = (subject: Subject, issuer: Issuer) =>
    issueCertificate(subject, issuer, { from: now, to: now + certificateLifetime });

  const payload = writeDocument({
    ...{ moduleId, kind, timestamp: Math.floor(now), pcrs, publicKey },
    certificate: await certify({ ...signer, role: { ca: false } }, authority),
    cabundle: [root.certificate, await certify({ ...authority, role: { ca: true, pathLength: 0 } }, root)],
  });
  return { document: await sign1(signer.key, payload), rootCertificate: root.certificate };
}

/** An instance has one NitroTPM. */
const tpmSuffix = `tpm${'0'.repeat(16)}`;

function hexDigits(randomness: Randomness, count: number): string {
  return bytesToHex(randomness.bytes(Math.ceil(count / 2))).slice(0, count);
}

async function newKey(commonName: string): Promise<Issuer> {
  const { key, public: publicKey } = await makeSigningKey({ extractable: false, seeded: undefined });
  return { commonName, publicKey: new Uint8Array(publicKey), key };
}
