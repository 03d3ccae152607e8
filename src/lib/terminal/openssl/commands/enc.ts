/** `openssl enc` and `base64`: ciphers by key or password, and Base64. */
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bytesOfHex } from '../asn1/der.ts';
import { toBase64 } from '$lib/envelope/base64.ts';
import { base64Bytes, base64Lines } from '../asn1/pem.ts';
import { ciphers, type Cipher } from '../ciphers.ts';
import { defaultDigest, digestNamed, type Digest } from '../digests.ts';
import { Failure, joined, type Console } from '../io.ts';
import { readOptions, type Options } from '../options.ts';

const kinds = {
  in: 'value',
  out: 'value',
  e: 'flag',
  d: 'flag',
  a: 'flag',
  base64: 'flag',
  A: 'flag',
  K: 'value',
  iv: 'value',
  S: 'value',
  k: 'value',
  kfile: 'value',
  pass: 'value',
  md: 'value',
  iter: 'number',
  pbkdf2: 'flag',
  salt: 'flag',
  nosalt: 'flag',
  nopad: 'flag',
  p: 'flag',
  P: 'flag',
} as const;

/** What a password becomes, or what was given in its place. */
interface Secrets {
  key: Uint8Array;
  iv: Uint8Array;
  salt?: Uint8Array;
}

export async function enc(console: Console, args: readonly string[], named?: string): Promise<void> {
  let name = named;
  const options = readOptions('enc', args, kinds, (option) => {
    if (ciphers.has(option.toLowerCase())) {
      name = option.toLowerCase();
      return true;
    }
    if (/-(gcm|ccm|ocb|siv)$/.test(option)) throw refused('AEAD ciphers not supported');
    throw refused(`Unknown cipher: ${option}`);
  });
  if (options.operands.length > 0) throw refused(`Extra option: "${options.operands[0] ?? ''}"`);
  const isBase64 = options.has('a') || options.has('base64') || name === 'base64';
  const input = options.has('P') ? new Uint8Array() : await console.input(options.get('in'));
  const cipher = name === undefined ? undefined : ciphers.get(name);
  const raw = isBase64 && options.has('d') ? plain(input, options.has('A')) : input;
  const output = cipher ? await run(console, options, name!, cipher, raw) : raw;
  if (!output) return;
  if (!isBase64 || options.has('d')) return console.output(options.get('out'), output);
  return console.output(options.get('out'), options.has('A') ? toBase64(output) : base64Lines(output));
}

const refused = (line: string) => new Failure(`enc: ${line}\nenc: Use -help for summary.`);

/** Without -A the program reads whole lines only, and what is no Base64 gives nothing. */
function plain(input: Uint8Array, oneLine: boolean): Uint8Array {
  const text = new TextDecoder().decode(input);
  if (oneLine && text.includes('\n')) return base64Bytes(text.split('\n', 1)[0] ?? '');
  return base64Bytes(text);
}

async function run(
  console: Console,
  options: Options,
  name: string,
  cipher: Cipher,
  input: Uint8Array,
): Promise<Uint8Array | undefined> {
  const given = options.get('K');
  let body = input;
  let secrets: Secrets;
  if (given === undefined) {
    const salted = await fromPassword(console, options, name, cipher, input);
    ({ secrets, body } = salted);
  } else {
    secrets = fromHex(console, options, cipher, given);
  }
  if (options.has('p') || options.has('P')) await console.output(undefined, printed(secrets, cipher));
  if (options.has('P')) return undefined;
  if (options.has('d')) return decrypted(console, options, cipher, secrets, body);
  const output = cipher.encrypt(secrets.key, secrets.iv, body, !options.has('nopad'));
  const isMarked = secrets.salt !== undefined && options.get('S') === undefined;
  return isMarked ? joined([saltMark, secrets.salt!, output]) : output;
}

/** Where the end is wrong, the program has written what came before it already. */
async function decrypted(
  console: Console,
  options: Options,
  cipher: Cipher,
  { key, iv }: Secrets,
  body: Uint8Array,
): Promise<Uint8Array> {
  try {
    return cipher.decrypt(key, iv, body, !options.has('nopad'));
  } catch (error) {
    const whole = Math.floor(Math.max(body.length - 1, 0) / 16) * 16;
    if (cipher.isPadded && whole > 0) {
      await console.output(options.get('out'), cipher.decrypt(key, iv, body.slice(0, whole), false));
    }
    throw error;
  }
}

const saltMark = new TextEncoder().encode('Salted__');

function fromHex(console: Console, options: Options, cipher: Cipher, key: string): Secrets {
  const iv = options.get('iv');
  const ivBytes = iv === undefined ? undefined : hexBytes(console, iv, cipher.ivLength, 'iv');
  if (!ivBytes && cipher.ivLength > 0) throw new Failure('iv undefined');
  return { key: hexBytes(console, key, cipher.keyLength, 'key'), iv: ivBytes ?? new Uint8Array() };
}

function hexBytes(console: Console, hex: string, length: number, what: string): Uint8Array {
  if (hex.length > length * 2) console.remark('hex string is too long, ignoring excess');
  else if (hex.length < length * 2)
    console.remark('hex string is too short, padding with zero bytes to length');
  const digits = hex.slice(0, length * 2);
  if (!/^[\da-f]*$/i.test(digits)) throw new Failure(`non-hex digit\ninvalid hex ${what} value`);
  return bytesOfHex(digits.padEnd(length * 2, '0'));
}

async function fromPassword(
  console: Console,
  options: Options,
  name: string,
  cipher: Cipher,
  input: Uint8Array,
): Promise<{ secrets: Secrets; body: Uint8Array }> {
  const password = await passwordOf(console, options, name);
  const isDerived = options.has('pbkdf2') || options.has('iter');
  if (!isDerived) {
    console.remark('*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.');
  }
  const { salt, body } = saltOf(console, options, input);
  const length = cipher.keyLength + cipher.ivLength;
  const digest = digestFor(options);
  const bytes = isDerived
    ? await pbkdf2Async(digest.hash, password, salt ?? new Uint8Array(), {
        c: options.number('iter', 10_000),
        dkLen: length,
      })
    : evpBytesToKey(digest, password, salt ?? new Uint8Array(), length);
  const iv = options.get('iv');
  const secrets = {
    key: bytes.slice(0, cipher.keyLength),
    iv: iv === undefined ? bytes.slice(cipher.keyLength) : hexBytes(console, iv, cipher.ivLength, 'iv'),
    ...(salt && { salt }),
  };
  return { secrets, body };
}

/** The program asks for a password at the keyboard where none is given; here nobody can be asked. */
async function passwordOf(console: Console, options: Options, name: string): Promise<Uint8Array> {
  const argument = options.get('pass');
  const file = options.get('kfile');
  const text =
    options.get('k') ??
    (argument === undefined ? undefined : await console.password(argument)) ??
    (file === undefined ? undefined : await console.password(`file:${file}`));
  if (text !== undefined) return new TextEncoder().encode(text);
  throw new Failure(`enter ${name.toUpperCase()} encryption password:\nbad password read`);
}

function saltOf(
  console: Console,
  options: Options,
  input: Uint8Array,
): { salt: Uint8Array | undefined; body: Uint8Array } {
  if (options.has('nosalt')) return { salt: undefined, body: input };
  const given = options.get('S');
  if (given !== undefined) return { salt: hexBytes(console, given, 8, 'salt'), body: input };
  if (!options.has('d')) return { salt: crypto.getRandomValues(new Uint8Array(8)), body: input };
  if (input.length < 16) throw new Failure('error reading input file');
  if (!saltMark.every((byte, index) => byte === input[index])) throw new Failure('bad magic number');
  return { salt: input.slice(8, 16), body: input.slice(16) };
}

function digestFor(options: Options): Digest {
  const name = options.get('md');
  const digest = name === undefined ? defaultDigest : digestNamed(name);
  if (digest) return digest;
  throw new Failure(`enc: Unknown message digest: ${name}\nenc: Use -help for summary.`);
}

/** EVP_BytesToKey(3), with a count of one. */
function evpBytesToKey({ hash }: Digest, password: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let total = 0; total < length; total += hash.outputLen) {
    blocks.push(hash(joined([blocks.at(-1) ?? new Uint8Array(), password, salt])));
  }
  return joined(blocks).slice(0, length);
}

function printed({ key, iv, salt }: Secrets, cipher: Cipher): string {
  const line = (name: string, bytes: Uint8Array) => `${name}=${bytesToHex(bytes).toUpperCase()}\n`;
  return `${salt ? line('salt', salt) : ''}${line('key', key)}${cipher.ivLength > 0 ? line('iv ', iv) : ''}`;
}
