/** Signatures over hashes, with the options that `dgst -sigopt` and `pkeyutl -pkeyopt` share. */
import type { Digest } from './digests.ts';
import { defaultDigest, digestNamed } from './digests.ts';
import { Failure } from './io.ts';
import type { EcKey, Key } from './keys/key.ts';
import { pairOf } from './options.ts';
import { signPkcs1, signPss, verifyPkcs1, verifyPss, type PssParameters } from './rsa/padding.ts';

interface RsaSignatureOptions {
  padding: 'pkcs1' | 'pss';
  pss: PssParameters;
}

/** @param digest what the hash was made by; nothing where it is not known, and so stands in no DigestInfo */
export function signHash(
  key: Key,
  hash: Uint8Array,
  digest: Digest | undefined,
  options: readonly string[],
): Uint8Array {
  if (key.type === 'EC')
    return key.curve.ecdsa.sign(hash, key.secret!, { prehash: false, lowS: false, format: 'der' });
  if (key.type !== 'RSA') throw unsuited();
  const { padding, pss } = rsaOptions(digest, options, 'max');
  return padding === 'pss' ? signPss(key.secret!, hash, pss) : signPkcs1(key.secret!, hash, digest);
}

export function verifyHash(
  key: Key,
  hash: Uint8Array,
  signature: Uint8Array,
  digest: Digest | undefined,
  options: readonly string[],
): boolean {
  if (key.type === 'EC') return verifyEc(key, hash, signature);
  if (key.type !== 'RSA') throw unsuited();
  const { padding, pss } = rsaOptions(digest, options, 'auto');
  return padding === 'pss'
    ? verifyPss(key.public, hash, signature, pss)
    : verifyPkcs1(key.public, hash, signature, digest);
}

export function unsuited(): Failure {
  return new Failure('Key type not supported for this operation');
}

function verifyEc({ curve, point }: EcKey, hash: Uint8Array, signature: Uint8Array): boolean {
  try {
    curve.ecdsa.Signature.fromBytes(signature, 'der');
  } catch {
    throw new Failure('Error verifying data');
  }
  return curve.ecdsa.verify(signature, hash, point, { prehash: false, lowS: false, format: 'der' });
}

/** `anySalt`: what salt length is meant where none is given. */
function rsaOptions(
  digest: Digest | undefined,
  options: readonly string[],
  anySalt: 'max' | 'auto',
): RsaSignatureOptions {
  const known: RsaSignatureOptions = {
    padding: 'pkcs1',
    pss: { digest: digest ?? defaultDigest, maskDigest: digest ?? defaultDigest, saltLength: anySalt },
  };
  for (const option of options) {
    const { name, value } = pairOf(option);
    if (name === 'rsa_padding_mode' && ['pkcs1', 'pss'].includes(value))
      known.padding = value as 'pkcs1' | 'pss';
    else if (name === 'rsa_pss_saltlen') known.pss.saltLength = saltLength(value, known.pss.digest, anySalt);
    else if (name === 'rsa_mgf1_md') known.pss.maskDigest = digestOf(option, value);
    else if (name !== 'digest') throw new Failure(`Signature parameter error "${option}"`);
  }
  return known;
}

function saltLength(value: string, digest: Digest, anySalt: 'max' | 'auto'): PssParameters['saltLength'] {
  if (value === 'digest' || value === '-1') return digest.hash.outputLen;
  if (value === 'auto' || value === '-2') return anySalt;
  if (value === 'max' || value === '-3') return 'max';
  const length = Number(value);
  if (Number.isInteger(length) && length >= 0) return length;
  throw new Failure(`Signature parameter error "rsa_pss_saltlen:${value}"`);
}

export function digestOf(option: string, name: string): Digest {
  const digest = digestNamed(name);
  if (digest) return digest;
  throw new Failure(`Signature parameter error "${option}"`);
}
