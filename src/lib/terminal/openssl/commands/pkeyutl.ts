/** `openssl pkeyutl`: what a key does by itself. */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import type { Digest } from '../digests.ts';
import { defaultDigest, digestNamed, digests } from '../digests.ts';
import { Failure, type Console } from '../io.ts';
import type { Key } from '../keys/key.ts';
import { loadKey } from '../keys/load.ts';
import { pairOf, readOptions, type Options } from '../options.ts';
import { decryptOaep, decryptPkcs1, encryptOaep, encryptPkcs1, type OaepDigests } from '../rsa/padding.ts';
import { digestOf, signHash, verifyHash } from '../signing.ts';

const kinds = {
  in: 'value',
  out: 'value',
  inkey: 'value',
  keyform: 'value',
  pubin: 'flag',
  peerkey: 'value',
  peerform: 'value',
  pkeyopt: 'values',
  encrypt: 'flag',
  decrypt: 'flag',
  sign: 'flag',
  verify: 'flag',
  derive: 'flag',
  sigfile: 'value',
  rawin: 'flag',
  digest: 'value',
  hexdump: 'flag',
} as const;

export async function pkeyutl(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('pkeyutl', args, kinds);
  const inkey = options.get('inkey');
  if (inkey === undefined) {
    throw new Failure('pkeyutl: no private key given (-inkey parameter).\npkeyutl: Use -help for summary.');
  }
  const isPublic = options.has('pubin');
  const key = await loadKey(console, inkey, {
    part: isPublic ? 'public' : 'private',
    called: isPublic ? 'Public Key' : 'private key',
  }).catch((error: unknown) => {
    throw error instanceof Failure
      ? new Failure(`${error.message}\npkeyutl: Error initializing context`)
      : error;
  });
  if (options.has('derive')) return derive(console, options, key);
  const input = await console.input(options.get('in'));
  if (options.has('verify')) return verify(console, options, key, input);
  if (options.has('encrypt')) return console.output(options.get('out'), encrypt(options, key, input));
  // The program signs where nothing is said.
  mustBePrivate(key);
  const output = options.has('decrypt') ? decrypt(options, key, input) : sign(options, key, input);
  await console.output(options.get('out'), output);
}

/** `openssl rsautl`: what came before `pkeyutl`, and older tutorials have; as much of it as they use. */
export async function rsautl(console: Console, args: readonly string[]): Promise<void> {
  const options = readOptions('rsautl', args, { ...kinds, oaep: 'flag', pkcs: 'flag' });
  console.remark("The command rsautl was deprecated in version 3.0. Use 'pkeyutl' instead.");
  const given = ['encrypt', 'decrypt', 'pubin'].filter((name) => options.has(name)).map((name) => `-${name}`);
  const valued = (['in', 'out', 'inkey'] as const).flatMap((name) => {
    const value = options.get(name);
    return value === undefined ? [] : [`-${name}`, value];
  });
  const padding = options.has('oaep') ? ['-pkeyopt', 'rsa_padding_mode:oaep'] : [];
  return pkeyutl(console, [...given, ...valued, ...padding]);
}

function encrypt(options: Options, key: Key, input: Uint8Array): Uint8Array {
  if (key.type !== 'RSA') throw notSupported();
  const oaep = oaepOptions(options);
  return oaep ? encryptOaep(key.public, input, oaep) : encryptPkcs1(key.public, input);
}

function decrypt(options: Options, key: Key, input: Uint8Array): Uint8Array {
  if (key.type !== 'RSA') throw notSupported();
  const oaep = oaepOptions(options);
  return oaep ? decryptOaep(key.secret!, input, oaep) : decryptPkcs1(key.secret!, input);
}

/** RSA's OAEP begins with SHA-1 for both hashes; that for the mask follows the other. */
function oaepOptions(options: Options): OaepDigests | undefined {
  const sha1 = digests.get('sha1')!;
  let isOaep = false;
  let digest: Digest | undefined;
  let maskDigest: Digest | undefined;
  for (const option of options.all('pkeyopt')) {
    const { name, value } = pairOf(option);
    const wrong = () => new Failure(`pkeyutl: Can't set parameter "${option}":`);
    const of = (): Digest => {
      const named = digestNamed(value);
      if (named) return named;
      throw wrong();
    };
    if (name === 'rsa_padding_mode' && (value === 'oaep' || value === 'pkcs1')) isOaep = value === 'oaep';
    else if (name === 'rsa_oaep_md' && isOaep) digest = of();
    else if (name === 'rsa_mgf1_md' && isOaep) maskDigest = of();
    else throw wrong();
  }
  const chosen = digest ?? sha1;
  return isOaep ? { digest: chosen, maskDigest: maskDigest ?? chosen } : undefined;
}

function sign(options: Options, key: Key, input: Uint8Array): Uint8Array {
  if (key.type === 'ED25519') {
    if (!options.has('rawin')) throw new Failure('pkeyutl: Error initializing context');
    return ed25519.sign(input, key.secret!);
  }
  const { hash, digest } = hashOf(options, key, input);
  return signHash(key, hash, digest, options.all('pkeyopt'));
}

async function verify(console: Console, options: Options, key: Key, input: Uint8Array): Promise<void> {
  const path = options.get('sigfile');
  if (path === undefined) throw new Failure('pkeyutl: No signature file specified for verify');
  const signature = await console.input(path);
  if (isVerified(options, key, input, signature)) {
    return console.output(undefined, 'Signature Verified Successfully\n');
  }
  // Said where results are, as the program does.
  await console.output(undefined, 'Signature Verification Failure\n');
  throw new Failure('');
}

function isVerified(options: Options, key: Key, input: Uint8Array, signature: Uint8Array): boolean {
  if (key.type === 'ED25519') {
    if (!options.has('rawin')) throw new Failure('pkeyutl: Error initializing context');
    return signature.length === 64 && ed25519.verify(signature, input, key.point);
  }
  const { hash, digest } = hashOf(options, key, input);
  return verifyHash(key, hash, signature, digest, options.all('pkeyopt'));
}

/** What is signed: the input itself, which is a hash; or with -rawin, the hash of the input. */
function hashOf(
  options: Options,
  key: Key,
  input: Uint8Array,
): { hash: Uint8Array; digest: Digest | undefined } {
  if (options.has('rawin')) {
    const name = options.get('digest');
    const digest = name === undefined ? defaultDigest : digestNamed(name);
    if (!digest) throw new Failure(`pkeyutl: unknown digest: ${name}`);
    return { hash: digest.hash(input), digest };
  }
  const option = options.all('pkeyopt').findLast((text) => pairOf(text).name === 'digest');
  const digest = option === undefined ? undefined : digestOf(option, pairOf(option).value);
  if (digest && key.type === 'RSA' && input.length !== digest.hash.outputLen) {
    throw new Failure('Public Key operation error');
  }
  return { hash: input, digest };
}

async function derive(console: Console, options: Options, key: Key): Promise<void> {
  mustBePrivate(key);
  const path = options.get('peerkey');
  if (path === undefined) throw new Failure('pkeyutl: no peer key given (-peerkey parameter).');
  const peer = await loadKey(console, path, { part: 'public', called: 'peer key' });
  await console.output(options.get('out'), sharedSecret(key, peer));
}

/** ECDH: the x coordinate; X25519: RFC 7748. */
function sharedSecret(key: Key, peer: Key): Uint8Array {
  if (key.type === 'EC' && peer.type === 'EC' && key.curve === peer.curve) {
    return key.curve.ecdsa
      .getSharedSecret(key.secret!, peer.point)
      .slice(1, 1 + Math.ceil(key.curve.bits / 8));
  }
  if (key.type === 'X25519' && peer.type === 'X25519') return x25519.getSharedSecret(key.secret!, peer.point);
  throw new Failure('pkeyutl: Error setting up peer key');
}

function mustBePrivate(key: Key): void {
  if (!key.secret) throw new Failure('pkeyutl: A private key is needed for this operation');
}

function notSupported(): Failure {
  return new Failure('pkeyutl: Error initializing context');
}
