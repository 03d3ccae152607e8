/** Keys as `-text` prints them. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { signedBytes } from '../asn1/der.ts';
import { bitsOf, type RsaPrivateKey, type RsaPublicKey } from '../rsa/rsa.ts';
import type { Key } from './key.ts';

/** The private key, or the public one where `part` says so or there is nothing else. */
export function keyText(key: Key, part: 'private' | 'public'): string {
  const isPrivate = part === 'private' && key.secret !== undefined;
  if (key.type === 'RSA') return isPrivate ? rsaPrivateText(key.secret!) : rsaPublicText(key.public);
  const head = isPrivate ? 'Private-Key:' : 'Public-Key:';
  const secret = isPrivate ? section('priv', key.secret!) : '';
  const point = section('pub', key.point);
  if (key.type !== 'EC') return `${key.type} ${head}\n${secret}${point}`;
  const { bits, name, nist } = key.curve;
  return `${head} (${bits} bit)\n${secret}${point}ASN1 OID: ${name}\n${nist ? `NIST CURVE: ${nist}\n` : ''}`;
}

function rsaPublicText({ modulus, exponent }: RsaPublicKey): string {
  return `Public-Key: (${bitsOf(modulus)} bit)\n${number('Modulus', modulus)}${number('Exponent', exponent)}`;
}

function rsaPrivateText(key: RsaPrivateKey): string {
  const { modulus, exponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient } = key;
  const numbers = { privateExponent, prime1, prime2, exponent1, exponent2, coefficient };
  return [
    `Private-Key: (${bitsOf(modulus)} bit, 2 primes)\n`,
    number('modulus', modulus),
    number('publicExponent', exponent),
    ...Object.entries(numbers).map(([name, value]) => number(name, value)),
  ].join('');
}

function number(name: string, value: bigint): string {
  if (value < 1n << 64n) return `${name}: ${value} (0x${value.toString(16)})\n`;
  return section(name, signedBytes(value));
}

/** Fifteen octets a line. */
function section(name: string, bytes: Uint8Array): string {
  const pairs = bytesToHex(bytes).match(/../g) ?? [];
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += 15) lines.push(`    ${pairs.slice(at, at + 15).join(':')}`);
  return `${name}:\n${lines.join(':\n')}\n`;
}
