import { BitString, fromBER } from 'asn1js';
import { BasicConstraints, Certificate } from 'pkijs';
import { unshared, type Bytes } from '../bytes.ts';
import { internalCurve } from '../long-lived-keys.ts';
import { demand, Unacceptable } from './unacceptable.ts';
import { oid } from './x509.ts';

/** Reads X.509 certificates that come from anybody. */

/** @throws Unacceptable */
export function parseCertificate(der: Uint8Array): Certificate {
  try {
    return Certificate.fromBER(unshared(der));
  } catch {
    throw new Unacceptable('A certificate of its chain cannot be read.');
  }
}

/** Whether the issuer's key made the signature, by ECDSA with SHA-384. */
export async function isSignedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (certificate.signatureAlgorithm.algorithmId !== oid.ecdsaWithSha384) return false;
  try {
    return await certificate.verify(issuer);
  } catch {
    return false;
  }
}

/** DER SubjectPublicKeyInfo. */
export function publicKeyIn(certificate: Certificate): Bytes {
  return new Uint8Array(certificate.subjectPublicKeyInfo.toSchema().toBER());
}

/**
 * The key of the certificate, to verify ECDSA signatures with.
 * @throws Unacceptable when it is not on P-384
 */
export async function verificationKeyIn(certificate: Certificate): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('spki', publicKeyIn(certificate), internalCurve, false, ['verify']);
  } catch {
    throw new Unacceptable('The key of its certificate is not on the curve P-384.');
  }
}

/** Whether `now` (milliseconds since the Unix epoch) is in the certificate's time. */
export function isValidAt({ notBefore, notAfter }: Certificate, now: number): boolean {
  // Certificates know whole seconds, and the last one counts to its end (RFC 5280 §4.1.2.5).
  return notBefore.value.getTime() <= now && now < notAfter.value.getTime() + 1000;
}

/** BasicConstraints (RFC 5280 §4.2.1.9): whether it may certify others, and how many may follow before the last. */
export function constraintsOf(certificate: Certificate): { ca: boolean; pathLength: number } {
  const constraints: unknown = extensionOf(certificate, oid.basicConstraints)?.parsedValue;
  if (!(constraints instanceof BasicConstraints) || !constraints.cA) return { ca: false, pathLength: 0 };
  const { pathLenConstraint } = constraints;
  return { ca: true, pathLength: typeof pathLenConstraint === 'number' ? pathLenConstraint : Infinity };
}

/** Whether KeyUsage is there and has this bit (RFC 5280 §4.2.1.3). */
export function isMeantFor(certificate: Certificate, bit: number): boolean {
  const value = extensionOf(certificate, oid.keyUsage)?.extnValue.valueBlock.valueHexView;
  if (value === undefined) return false;
  const { result } = fromBER(value);
  if (!(result instanceof BitString)) return false;
  return ((result.valueBlock.valueHexView[0] ?? 0) & (0x80 >> bit)) !== 0;
}

/** @throws Unacceptable when something in it must be understood, and is not understood here (RFC 5280 §4.2) */
export function demandUnderstood(certificate: Certificate): void {
  const understood: string[] = [oid.basicConstraints, oid.keyUsage];
  demand(
    (certificate.extensions ?? []).every(({ critical, extnID }) => !critical || understood.includes(extnID)),
    'A certificate of its chain has an unknown critical extension.',
  );
}

function extensionOf({ extensions }: Certificate, id: string) {
  return extensions?.find(({ extnID }) => extnID === id);
}
