/** Keys out of their files: PKCS #8 and #1, SEC 1, SubjectPublicKeyInfo; PEM or DER, whichever it is. */
import {
  DerError,
  dottedOf,
  elementAt,
  elementsIn,
  numberOf,
  sequenceOf,
  type Element,
} from '../asn1/der.ts';
import { pemBlocks } from '../asn1/pem.ts';
import type { RsaPrivateKey } from '../rsa/rsa.ts';
import { curves, type Curve } from './curves.ts';
import { ecKey, octetKey, octetKeyIds, type Key, type OctetKey } from './key.ts';

const rsaId = '1.2.840.113549.1.1.1';
const ecId = '1.2.840.10045.2.1';

/** The private key in a file; nothing where there is none that can be read. */
export function privateKeyIn(file: Uint8Array): Key | undefined {
  const block = pemBlocks(file).find(({ label }) => label.endsWith('PRIVATE KEY'));
  return quietly(() => {
    if (!block) return pkcs8(file);
    if (block.label === 'RSA PRIVATE KEY') return pkcs1Private(block.bytes);
    if (block.label === 'EC PRIVATE KEY') return sec1(block.bytes);
    return pkcs8(block.bytes);
  });
}

/** The public key in a file. */
export function publicKeyIn(file: Uint8Array): Key | undefined {
  const block = pemBlocks(file).find(({ label }) => label.endsWith('PUBLIC KEY'));
  return quietly(() => {
    if (!block) return subjectPublicKey(file);
    return block.label === 'RSA PUBLIC KEY' ? pkcs1Public(block.bytes) : subjectPublicKey(block.bytes);
  });
}

function quietly(read: () => Key | undefined): Key | undefined {
  try {
    return read();
  } catch (error) {
    // DER that ends early, or a point that lies on no curve.
    if (error instanceof DerError || error instanceof Error) return undefined;
    throw error;
  }
}

/** RFC 5958. A bare PKCS #1 or SEC 1 structure is taken as well, as the program's decoders do. */
function pkcs8(bytes: Uint8Array): Key | undefined {
  const [, algorithm, content] = sequenceOf(bytes);
  if (algorithm?.tag === 0x02) return pkcs1Private(bytes);
  if (algorithm?.tag === 0x04) return sec1(bytes);
  if (algorithm?.tag !== 0x30 || !content) return undefined;
  const [id, parameters] = elementsIn(algorithm.content);
  const name = dottedOf(id!.content);
  if (name === rsaId) return pkcs1Private(content.content);
  if (name === ecId) return sec1(content.content, curveIn(parameters));
  const type = octetTypeOf(name);
  return type && octetKey(type, elementAt(content.content).content);
}

/** RFC 8017, A.1.2. */
function pkcs1Private(bytes: Uint8Array): Key | undefined {
  const numbers = sequenceOf(bytes).map(({ content }) => numberOf(content));
  if (numbers.length < 9) return undefined;
  const [, modulus, exponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient] =
    numbers as unknown as [bigint, ...bigint[]] & Record<number, bigint>;
  const secret = {
    modulus,
    exponent,
    privateExponent,
    prime1,
    prime2,
    exponent1,
    exponent2,
    coefficient,
  } as RsaPrivateKey;
  return { type: 'RSA', public: { modulus: secret.modulus, exponent: secret.exponent }, secret };
}

/** RFC 8017, A.1.1. */
function pkcs1Public(bytes: Uint8Array): Key | undefined {
  const [modulus, exponent] = sequenceOf(bytes).map(({ content }) => numberOf(content));
  if (modulus === undefined || exponent === undefined) return undefined;
  return { type: 'RSA', public: { modulus, exponent } };
}

/** RFC 5915. */
function sec1(bytes: Uint8Array, known?: Curve): Key | undefined {
  const [, secret, ...rest] = sequenceOf(bytes);
  const parameters = rest.find(({ tag }) => tag === 0xa0);
  const curve = known ?? curveIn(parameters && elementAt(parameters.content));
  return curve && secret && ecKey(curve, secret.content);
}

/** RFC 5280, 4.1. */
function subjectPublicKey(bytes: Uint8Array): Key | undefined {
  const [algorithm, content] = sequenceOf(bytes);
  if (algorithm?.tag === 0x02) return pkcs1Public(bytes);
  if (algorithm?.tag !== 0x30 || content?.tag !== 0x03) return undefined;
  const [id, parameters] = elementsIn(algorithm.content);
  const name = dottedOf(id!.content);
  const bits = content.content.slice(1);
  if (name === rsaId) return pkcs1Public(bits);
  const curve = name === ecId ? curveIn(parameters) : undefined;
  if (curve) {
    const point = curve.ecdsa.Point.fromBytes(bits).toBytes(false);
    return { type: 'EC', curve, point: Uint8Array.from(point) };
  }
  const type = octetTypeOf(name);
  return type && { type, point: bits };
}

function curveIn(parameters: Element | undefined): Curve | undefined {
  if (parameters?.tag !== 0x06) return undefined;
  const id = dottedOf(parameters.content);
  return curves.find((curve) => curve.id === id);
}

function octetTypeOf(id: string): OctetKey['type'] | undefined {
  return (['ED25519', 'X25519'] as const).find((type) => octetKeyIds[type] === id);
}
