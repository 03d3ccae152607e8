/** Keys into the forms in which files hold them. */
import { bits, der, integer, nothing, objectId, octets, sequence } from '../asn1/der.ts';
import type { RsaPrivateKey, RsaPublicKey } from '../rsa/rsa.ts';
import { octetKeyIds, type EcKey, type Key } from './key.ts';

/** What a file holds: a label for PEM, and the DER. */
export interface KeyFile {
  label: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const rsaAlgorithm = sequence(objectId('1.2.840.113549.1.1.1'), nothing);
const ecAlgorithm = (key: EcKey) => sequence(objectId('1.2.840.10045.2.1'), objectId(key.curve.id));

/** SubjectPublicKeyInfo. */
export function publicFile(key: Key): KeyFile {
  const label = 'PUBLIC KEY';
  if (key.type === 'RSA') return { label, bytes: sequence(rsaAlgorithm, bits(pkcs1Public(key.public))) };
  const algorithm = key.type === 'EC' ? ecAlgorithm(key) : sequence(objectId(octetKeyIds[key.type]));
  return { label, bytes: sequence(algorithm, bits(key.point)) };
}

/** PKCS #8; the key must have its secret. */
export function privateFile(key: Key): KeyFile {
  const file = (algorithm: Uint8Array, content: Uint8Array) => ({
    label: 'PRIVATE KEY',
    bytes: sequence(integer(0n), algorithm, octets(content)),
  });
  if (key.type === 'RSA') return file(rsaAlgorithm, pkcs1Private(key.secret!));
  if (key.type === 'EC') return file(ecAlgorithm(key), sec1(key, { withCurve: false }));
  return file(sequence(objectId(octetKeyIds[key.type])), octets(key.secret!));
}

/** PKCS #1 or SEC 1, which came before PKCS #8; other keys have no such form. */
export function traditionalFile(key: Key): KeyFile {
  if (key.type === 'RSA') return { label: 'RSA PRIVATE KEY', bytes: pkcs1Private(key.secret!) };
  if (key.type === 'EC') return { label: 'EC PRIVATE KEY', bytes: sec1(key, { withCurve: true }) };
  return privateFile(key);
}

/** As `pkey` and `genpkey` write it: PKCS #8 in PEM, but in DER the form that came before. */
export function privateFileAs(key: Key, form: string | undefined): KeyFile {
  return form?.toUpperCase() === 'DER' ? traditionalFile(key) : privateFile(key);
}

export function pkcs1PublicFile(key: RsaPublicKey): KeyFile {
  return { label: 'RSA PUBLIC KEY', bytes: pkcs1Public(key) };
}

function pkcs1Public({ modulus, exponent }: RsaPublicKey): Uint8Array<ArrayBuffer> {
  return sequence(integer(modulus), integer(exponent));
}

function pkcs1Private(key: RsaPrivateKey): Uint8Array<ArrayBuffer> {
  const { modulus, exponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient } = key;
  const numbers = [0n, modulus, exponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient];
  return sequence(...numbers.map(integer));
}

function sec1(key: EcKey, { withCurve }: { withCurve: boolean }): Uint8Array<ArrayBuffer> {
  const curve = withCurve ? [der(0xa0, objectId(key.curve.id))] : [];
  return sequence(integer(1n), octets(key.secret!), ...curve, der(0xa1, bits(key.point)));
}
