/** `openssl dgst`: hashes, HMACs, and signatures over what is hashed. */
import { hmac } from '@noble/hashes/hmac.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bytesOfHex } from '../asn1/der.ts';
import { defaultDigest, digestNamed, type Digest } from '../digests.ts';
import { Failure, type Console } from '../io.ts';
import type { Key } from '../keys/key.ts';
import { loadKey } from '../keys/load.ts';
import { pairOf, readOptions, type Options } from '../options.ts';
import { signHash, verifyHash } from '../signing.ts';

const kinds = {
  r: 'flag',
  c: 'flag',
  hex: 'flag',
  binary: 'flag',
  out: 'value',
  sign: 'value',
  verify: 'value',
  prverify: 'value',
  signature: 'value',
  sigopt: 'values',
  keyform: 'value',
  hmac: 'value',
  mac: 'value',
  macopt: 'values',
} as const;

export async function dgst(console: Console, args: readonly string[], named?: Digest): Promise<void> {
  let digest = named;
  const options = readOptions('dgst', args, kinds, (name) => {
    digest = digestNamed(name);
    if (digest) return true;
    throw new Failure(`dgst: Unknown option or message digest: ${name}\ndgst: Use -help for summary.`);
  });
  const verify = options.get('verify') ?? options.get('prverify');
  if (verify !== undefined) {
    const part = options.has('verify') ? 'public' : 'private';
    const called = part === 'public' ? 'public key' : 'private key';
    return verifyFiles(
      console,
      options,
      digest ?? defaultDigest,
      await loadKey(console, verify, { part, called }),
    );
  }
  const sign = options.get('sign');
  const key =
    sign === undefined ? undefined : await loadKey(console, sign, { part: 'private', called: 'private key' });
  mustSuit(key);
  const work = workOf(options, digest, key);
  const files = options.operands.length > 0 ? options.operands : [undefined];
  if (key && files.length > 1) throw new Failure('Can only sign or verify one file.');
  let failed = false;
  for (const path of files) {
    const content = await contentOf(console, path);
    if (content) await print(console, options, path ?? 'stdin', work, work.over(content));
    else failed = true;
  }
  if (failed) throw new Failure('');
}

interface Work {
  /** What the line is about: `SHA2-256`, `HMAC-SHA2-256`. */
  label: string;
  /** Signatures are written bare where nothing else is asked for. */
  isSignature?: boolean;
  over(content: Uint8Array): Uint8Array;
}

function workOf(options: Options, named: Digest | undefined, key: Key | undefined): Work {
  const digest = named ?? defaultDigest;
  const secret = macKey(options);
  if (secret) return { label: `HMAC-${digest.name}`, over: (content) => hmac(digest.hash, secret, content) };
  if (key)
    return {
      label: `${key.type}-${digest.name}`,
      isSignature: true,
      over: (content) => signHash(key, digest.hash(content), digest, options.all('sigopt')),
    };
  // With no digest named, the program says the short name of its own choice.
  return { label: named?.name ?? 'SHA256', over: (content) => digest.hash(content) };
}

function macKey(options: Options): Uint8Array | undefined {
  const text = options.get('hmac');
  if (text !== undefined) return new TextEncoder().encode(text);
  if (options.get('mac') === undefined) return undefined;
  if (options.get('mac')?.toUpperCase() !== 'HMAC') throw new Failure('Error generating key');
  for (const { name, value } of options.all('macopt').map(pairOf)) {
    if (name === 'hexkey') return bytesOfHex(value);
    if (name === 'key') return new TextEncoder().encode(value);
  }
  throw new Failure('MAC and signing key cannot both be specified');
}

async function contentOf(console: Console, path: string | undefined): Promise<Uint8Array | undefined> {
  if (path === undefined) return console.input(undefined);
  const content = await console.file(path);
  if (!content) console.remark(`${path}: No such file or directory`);
  return content;
}

async function print(
  console: Console,
  options: Options,
  name: string,
  { label, isSignature }: Work,
  result: Uint8Array,
): Promise<void> {
  const out = options.get('out');
  if (options.has('binary') || (isSignature && !options.has('hex'))) return console.output(out, result);
  const hex = options.has('c') ? (bytesToHex(result).match(/../g) ?? []).join(':') : bytesToHex(result);
  if (options.has('r')) return console.output(out, `${hex} *${name}\n`);
  return console.output(out, `${label}(${name})= ${hex}\n`);
}

async function verifyFiles(console: Console, options: Options, digest: Digest, key: Key): Promise<void> {
  mustSuit(key);
  const path = options.get('signature');
  if (path === undefined) throw new Failure('No signature to verify: use the -signature option');
  const signature = await console.file(path);
  if (!signature) throw new Failure(`Error opening signature file ${path}`);
  const content = await contentOf(console, options.operands[0]);
  if (!content) throw new Failure('');
  const isVerified = verifyHash(key, digest.hash(content), signature, digest, options.all('sigopt'));
  // Both are said where results are, as the program does.
  await console.output(undefined, isVerified ? 'Verified OK\n' : 'Verification failure\n');
  if (!isVerified) throw new Failure('');
}

/** Ed25519 signs a message, not its hash. */
function mustSuit(key: Key | undefined): void {
  if (key?.type === 'ED25519' || key?.type === 'X25519') {
    throw new Failure('Key type not supported for this operation');
  }
}
