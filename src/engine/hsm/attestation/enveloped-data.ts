import { Constructed, Integer, Null, ObjectIdentifier, OctetString, Primitive, Sequence, Set } from 'asn1js';
import type { BaseBlock } from 'asn1js';
import type { Bytes } from '../bytes.ts';

/** What goes into the envelope, all of it encrypted or public. */
export interface Envelope {
  /** SHA-256 of the recipient's SubjectPublicKeyInfo. */
  subjectKeyIdentifier: Bytes;
  /** The content-encryption key, by RSAES-OAEP with SHA-256. */
  encryptedKey: Bytes;
  /** 16 bytes. */
  iv: Bytes;
  /** AES-256-CBC. */
  encryptedContent: Bytes;
}

const oid = {
  envelopedData: '1.2.840.113549.1.7.3',
  data: '1.2.840.113549.1.7.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  mgf1: '1.2.840.113549.1.1.8',
  sha256: '2.16.840.1.101.3.4.2.1',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

/**
 * ContentInfo with EnvelopedData (RFC 5652 §3, §6.1) and one KeyTransRecipientInfo (§6.2.1) that names its
 * recipient by subjectKeyIdentifier, hence both versions 2.
 *
 * In BER, as AWS answers: SEQUENCEs that have no length but an end, and the encrypted content as a constructed
 * string. Clients that only read DER fail there, so they must fail here (aws-nitro-enclaves-sdk-c,
 * `tests/cms_test.c`, has such an answer).
 */
export function encodeEnvelope(envelope: Envelope): Bytes {
  const { iv, encryptedContent } = envelope;
  const encryptedContentInfo = open([
    identifier(oid.data),
    algorithm(oid.aes256Cbc, octets(iv)),
    openContext(0, [octets(encryptedContent)]),
  ]);
  const envelopedData = open([
    version2(),
    new Set({ value: [recipientInfo(envelope)] }),
    encryptedContentInfo,
  ]);
  return new Uint8Array(open([identifier(oid.envelopedData), openContext(0, [envelopedData])]).toBER());
}

function recipientInfo({ subjectKeyIdentifier, encryptedKey }: Envelope): Sequence {
  const id = new Primitive({ idBlock: context(0), valueHex: subjectKeyIdentifier });
  return new Sequence({ value: [version2(), id, oaepWithSha256(), octets(encryptedKey)] });
}

/** RSAES-OAEP-params (RFC 8017 §A.2.1); the label is empty, which is the default. */
function oaepWithSha256(): Sequence {
  const hash = new Constructed({ idBlock: context(0), value: [sha256()] });
  const maskGeneration = new Constructed({ idBlock: context(1), value: [algorithm(oid.mgf1, sha256())] });
  return algorithm(oid.rsaesOaep, new Sequence({ value: [hash, maskGeneration] }));
}

function sha256(): Sequence {
  return algorithm(oid.sha256, new Null());
}

function algorithm(id: string, parameters: BaseBlock): Sequence {
  return new Sequence({ value: [identifier(id), parameters] });
}

function identifier(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

function octets(valueHex: Bytes): OctetString {
  return new OctetString({ valueHex });
}

function version2(): Integer {
  return new Integer({ value: 2 });
}

/** A context-specific tag (X.690 §8.1.2.2). */
function context(tagNumber: number) {
  return { tagClass: 3, tagNumber };
}

/** The indefinite form (X.690 §8.1.3.6): asn1js wants it said of the length and of the end. */
const indefinite = { lenBlock: { isIndefiniteForm: true }, isIndefiniteForm: true };

function open(value: BaseBlock[]): Sequence {
  return new Sequence({ ...indefinite, value });
}

function openContext(tagNumber: number, value: BaseBlock[]): Constructed {
  return new Constructed({ ...indefinite, idBlock: context(tagNumber), value });
}
