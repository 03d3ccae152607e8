import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';

export interface Digest {
  /** As the program prints it: `SHA2-256`. */
  name: string;
  /** Object identifier, for PKCS #1's DigestInfo; MD5 has one too, but nobody should sign with it. */
  id: string;
  hash: CHash;
}

const nist = '2.16.840.1.101.3.4.2.';

/** By the name of the option that asks for them. */
export const digests: ReadonlyMap<string, Digest> = new Map(
  Object.entries({
    md5: { name: 'MD5', id: '1.2.840.113549.2.5', hash: md5 },
    sha1: { name: 'SHA1', id: '1.3.14.3.2.26', hash: sha1 },
    sha224: { name: 'SHA2-224', id: `${nist}4`, hash: sha224 },
    sha256: { name: 'SHA2-256', id: `${nist}1`, hash: sha256 },
    sha384: { name: 'SHA2-384', id: `${nist}2`, hash: sha384 },
    sha512: { name: 'SHA2-512', id: `${nist}3`, hash: sha512 },
    'sha512-224': { name: 'SHA2-512/224', id: `${nist}5`, hash: sha512_224 },
    'sha512-256': { name: 'SHA2-512/256', id: `${nist}6`, hash: sha512_256 },
    'sha3-224': { name: 'SHA3-224', id: `${nist}7`, hash: sha3_224 },
    'sha3-256': { name: 'SHA3-256', id: `${nist}8`, hash: sha3_256 },
    'sha3-384': { name: 'SHA3-384', id: `${nist}9`, hash: sha3_384 },
    'sha3-512': { name: 'SHA3-512', id: `${nist}10`, hash: sha3_512 },
  } satisfies Record<string, Digest>),
);

/** A digest by any of the names that the program takes: `sha256`, `SHA2-256`, `sha-256`. */
export function digestNamed(name: string): Digest | undefined {
  const plain = name.toLowerCase().replace(/^sha(2)?-(?=\d)/, 'sha');
  return digests.get(plain.replace('/', '-'));
}

/** What is used where nothing is said. */
export const defaultDigest: Digest = digests.get('sha256')!;
