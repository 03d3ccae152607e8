import type { Certificate } from 'pkijs';
import { equal } from '../bytes.ts';
import {
  constraintsOf,
  demandUnderstood,
  isMeantFor,
  isSignedBy,
  isValidAt,
  parseCertificate,
  verificationKeyIn,
} from './certificate.ts';
import type { AttestationDocument } from './document.ts';
import { demand } from './unacceptable.ts';
import { usage } from './x509.ts';

/** What a chain is held against. */
export interface Trust {
  /** The cloud's own root certificate, DER. */
  root: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  now: number;
}

/**
 * Follows a document's chain of certificates from the root down to its signer: RFC 5280 §6.1, as far as AWS asks for
 * it ("Attestation process" §3.2.3: validity, basic constraints and key usage; no revocation lists).
 * @returns the signer's public key
 * @throws Unacceptable
 */
export async function signerOf(
  { cabundle, certificate }: Pick<AttestationDocument, 'cabundle' | 'certificate'>,
  { root, now }: Trust,
): Promise<CryptoKey> {
  const [first, ...intermediates] = cabundle;
  demand(
    first !== undefined && equal(first, root),
    'Its chain of certificates does not begin with the root of this cloud.',
  );
  let issuer = parseCertificate(root);
  demandTime(issuer, now);
  for (const [index, bytes] of intermediates.entries()) {
    issuer = await next(issuer, bytes, now);
    demandAuthority(issuer, intermediates.length - 1 - index);
  }
  const signer = await next(issuer, certificate, now);
  demandSigner(signer);
  return verificationKeyIn(signer);
}

/** Reads a certificate. Until the one before is known to have signed it, nothing else in it is looked at. */
async function next(issuer: Certificate, bytes: Uint8Array, now: number): Promise<Certificate> {
  const certificate = parseCertificate(bytes);
  demand(
    await isSignedBy(certificate, issuer),
    'A certificate of its chain is not signed by the one before it.',
  );
  demand(
    certificate.issuer.isEqual(issuer.subject),
    'A certificate of its chain names another issuer than the one before it.',
  );
  demandTime(certificate, now);
  demandUnderstood(certificate);
  return certificate;
}

function demandTime(certificate: Certificate, now: number): void {
  demand(isValidAt(certificate, now), 'A certificate of its chain has expired, or is not valid yet.');
}

/** @param following how many authorities come after it */
function demandAuthority(certificate: Certificate, following: number): void {
  const { ca, pathLength } = constraintsOf(certificate);
  demand(
    ca && isMeantFor(certificate, usage.keyCertSign),
    'A certificate of its chain must not certify others.',
  );
  demand(pathLength >= following, 'Its chain of certificates is longer than one of them allows.');
}

function demandSigner(certificate: Certificate): void {
  demand(
    !constraintsOf(certificate).ca && isMeantFor(certificate, usage.digitalSignature),
    'Its certificate is not one to sign documents with.',
  );
}
