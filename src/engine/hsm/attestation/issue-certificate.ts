import { sha256 } from '@noble/hashes/sha2.js';
import { BitString, Integer, OctetString, Utf8String } from 'asn1js';
import type { BaseBlock } from 'asn1js';
import {
  AttributeTypeAndValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extension,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
  TimeType,
} from 'pkijs';
import { unshared, type Bytes } from '../bytes.ts';
import { oid, usage } from './x509.ts';

/** Whom a certificate is about. */
export interface Subject {
  commonName: string;
  /** ECDSA P-384, DER SubjectPublicKeyInfo. */
  publicKey: Bytes;
  /**
   * What it may do: sign certificates, so many of which (if it is said) may stand between it and the last one; or
   * sign anything else.
   */
  role: { ca: true; pathLength?: number } | { ca: false };
}

/** Who signs a certificate. */
export interface Issuer {
  commonName: string;
  publicKey: Bytes;
  /** ECDSA P-384. */
  key: CryptoKey;
}

/** First and last moment, in milliseconds since the Unix epoch. Certificates know whole seconds. */
export interface Validity {
  from: number;
  to: number;
}

/** Makes an X.509 certificate in DER (RFC 5280), signed by ECDSA with SHA-384. */
export async function issueCertificate(subject: Subject, issuer: Issuer, validity: Validity): Promise<Bytes> {
  const certificate = new Certificate({
    version: 2,
    serialNumber: serialNumber(subject.publicKey),
    issuer: distinguishedName(issuer.commonName),
    subject: distinguishedName(subject.commonName),
    notBefore: time(validity.from),
    notAfter: time(validity.to),
    subjectPublicKeyInfo: PublicKeyInfo.fromBER(subject.publicKey),
    extensions: extensions(subject, issuer),
  });
  await certificate.sign(issuer.key, 'SHA-384');
  return new Uint8Array(certificate.toSchema().toBER());
}

/** Here each key has one certificate, so that its hash makes a serial number: positive, 16 bytes (§4.1.2.2). */
function serialNumber(publicKey: Bytes): Integer {
  const bytes = unshared(sha256(publicKey).slice(0, 16));
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return new Integer({ valueHex: bytes });
}

function distinguishedName(commonName: string): RelativeDistinguishedNames {
  const value = new Utf8String({ value: commonName });
  return new RelativeDistinguishedNames({
    typesAndValues: [new AttributeTypeAndValue({ type: oid.commonName, value })],
  });
}

/** UTCTime through 2049, GeneralizedTime from then on (§4.1.2.5). */
function time(milliseconds: number): Time {
  const value = new Date(milliseconds);
  const type = value.getUTCFullYear() < 2050 ? TimeType.UTCTime : TimeType.GeneralizedTime;
  return new Time({ type, value });
}

function extensions({ role, publicKey }: Subject, issuer: Issuer): Extension[] {
  const constraints = new BasicConstraints({
    cA: role.ca,
    ...(role.ca && role.pathLength !== undefined && { pathLenConstraint: role.pathLength }),
  });
  const authority = new AuthorityKeyIdentifier({ keyIdentifier: keyIdentifier(issuer.publicKey) });
  return [
    extension(oid.basicConstraints, constraints.toSchema(), { critical: true }),
    extension(oid.keyUsage, bits(role.ca ? usage.keyCertSign : usage.digitalSignature), { critical: true }),
    extension(oid.subjectKeyIdentifier, keyIdentifier(publicKey)),
    extension(oid.authorityKeyIdentifier, authority.toSchema()),
  ];
}

function extension(extnID: string, value: BaseBlock, { critical } = { critical: false }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

/** A BIT STRING with one bit set, and nothing after it, as DER wants named bits (X.690 §11.2.2). */
function bits(bit: number): BitString {
  return new BitString({ valueHex: Uint8Array.of(0x80 >> bit), unusedBits: 7 - bit });
}

/** Any 160 bits that tell keys apart will do (RFC 7093 §2, but over the whole SubjectPublicKeyInfo). */
function keyIdentifier(publicKey: Bytes): OctetString {
  return new OctetString({ valueHex: unshared(sha256(publicKey).slice(0, 20)) });
}
