import { concat, equal, type Bytes } from '../bytes.ts';
import { only, take } from './der-reader.ts';
import { bitString, element, octetString, sequence, smallInteger } from './der.ts';
import { keyFormats, type FixedLengthSpec } from './key-formats.ts';

/** PKCS #8 (RFC 5958 §2), DER, of the keys in `key-formats.ts`. */

const nothing = new Uint8Array();

/**
 * Writes a private key; one of a Weierstrass curve carries its public key along, as others' do.
 * @returns an array of the caller's to wipe; no other copy is made
 */
export function pkcs8Of(spec: FixedLengthSpec, privateKey: Uint8Array, publicKey: Uint8Array): Bytes {
  const { algorithm, container, privateLength } = keyFormats[spec];
  // Written around zeros first, so that the key itself does not stand in every layer's array.
  const zeros = new Uint8Array(privateLength);
  const end = container === 'ECPrivateKey' ? element(0xa1, bitString(publicKey)) : nothing;
  const holder = {
    ECPrivateKey: () => sequence(smallInteger(1), octetString(zeros), end),
    octets: () => octetString(zeros),
    seed: () => element(0x80, zeros),
  };
  const whole = sequence(smallInteger(0), algorithm, octetString(holder[container]()));
  whole.set(privateKey, whole.length - end.length - privateLength);
  return whole;
}

/** A private key that was read, and the public key that stood beside it, if one did. */
export interface ReadPrivateKey {
  /** The caller's to wipe. */
  privateKey: Bytes;
  publicKey?: Uint8Array;
}

/**
 * Reads a private key of exactly this spec. Attributes are skipped (RFC 5958), as are an ECPrivateKey's own
 * parameters. `undefined`: it is none.
 */
export function privateKeyIn(spec: FixedLengthSpec, pkcs8: Uint8Array): ReadPrivateKey | undefined {
  const { algorithm, container, privateLength } = keyFormats[spec];

  try {
    const version = take(0x02, only(0x30, pkcs8));
    const named = version.rest.subarray(0, algorithm.length);
    if (!equal(named, algorithm)) return undefined;
    const { content } = take(0x04, version.rest.subarray(algorithm.length));
    if (container !== 'ECPrivateKey') {
      return ofLength(only(container === 'octets' ? 0x04 : 0x80, content));
    }
    const ecVersion = take(0x02, only(0x30, content));
    const scalar = take(0x04, ecVersion.rest);
    const parameters = scalar.rest[0] === 0xa0 ? take(0xa0, scalar.rest).rest : scalar.rest;
    const publicKey = parameters.length > 0 ? only(0x03, only(0xa1, parameters)) : undefined;
    return ofLength(scalar.content, publicKey);
  } catch {
    return undefined;
  }

  function ofLength(privateKey: Uint8Array, publicBits?: Uint8Array): ReadPrivateKey | undefined {
    if (privateKey.length !== privateLength) return undefined;
    // The first byte of a BIT STRING says how many bits of the last one do not count.
    const publicKey = publicBits?.subarray(1);
    return { privateKey: concat(privateKey), ...(publicKey && { publicKey }) };
  }
}
