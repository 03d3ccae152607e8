/** `openssl pkey`, `rsa`, `ec` and `pkcs8`: keys from one form into another. */
import { Failure, type Console } from '../io.ts';
import type { Key } from '../keys/key.ts';
import { loadKey, type Wanted } from '../keys/load.ts';
import { keyText } from '../keys/text.ts';
import {
  pkcs1PublicFile,
  privateFile,
  privateFileAs,
  publicFile,
  traditionalFile,
  type KeyFile,
} from '../keys/write.ts';
import { readOptions, type OptionKinds, type Options } from '../options.ts';
import { outputKey } from '../output-key.ts';

const common = {
  in: 'value',
  out: 'value',
  inform: 'value',
  outform: 'value',
  pubin: 'flag',
  pubout: 'flag',
  text: 'flag',
  noout: 'flag',
  check: 'flag',
  traditional: 'flag',
} as const;

const privateKey: Wanted = { part: 'private', called: 'private key' };
const publicKey: Wanted = { part: 'public', called: 'public key' };

export async function pkey(console: Console, args: readonly string[]): Promise<void> {
  const options = keyOptions('pkey', args, { ...common, text_pub: 'flag', pubcheck: 'flag' });
  const key = await loadKey(
    console,
    options.get('in'),
    options.has('pubin')
      ? { part: 'public', called: 'Public Key', calledInFile: 'key of Public Key' }
      : { part: 'private', called: 'key' },
  );
  const out = options.get('out');
  const form = options.get('outform');
  if (options.has('check') || options.has('pubcheck')) await console.output(undefined, 'Key is valid\n');
  if (!options.has('noout')) {
    const privateForm = options.has('traditional') ? traditionalFile : privateFileAs;
    await outputKey(console, out, (wantsPublic(options) ? publicFile : privateForm)(key, form), form);
  }
  if (options.has('text_pub')) await console.output(out, keyText(key, 'public'));
  else if (options.has('text')) {
    await console.output(out, keyText(key, wantsPublic(options) ? 'public' : 'private'));
  }
}

export async function rsa(console: Console, args: readonly string[]): Promise<void> {
  const options = keyOptions('rsa', args, {
    ...common,
    modulus: 'flag',
    RSAPublicKey_in: 'flag',
    RSAPublicKey_out: 'flag',
  });
  const isPublic = options.has('pubin') || options.has('RSAPublicKey_in');
  const key = await loadKey(console, options.get('in'), isPublic ? publicKey : privateKey);
  if (key.type !== 'RSA') throw new Failure('Not an RSA key');
  const out = options.get('out');
  if (options.has('text')) await console.output(out, keyText(key, isPublic ? 'public' : 'private'));
  if (options.has('modulus')) {
    await console.output(out, `Modulus=${key.public.modulus.toString(16).toUpperCase()}\n`);
  }
  if (options.has('check')) await console.output(out, 'RSA key ok\n');
  if (options.has('noout')) return;
  console.remark('writing RSA key');
  const file = options.has('RSAPublicKey_out') ? pkcs1PublicFile(key.public) : fileOf(key, options, isPublic);
  await outputKey(console, out, file, options.get('outform'));
}

export async function ec(console: Console, args: readonly string[]): Promise<void> {
  const options = keyOptions('ec', args, common);
  console.remark('read EC key');
  const isPublic = options.has('pubin');
  const key = await loadKey(console, options.get('in'), isPublic ? publicKey : privateKey);
  if (key.type !== 'EC') throw new Failure('Not an EC key');
  const out = options.get('out');
  if (options.has('text')) await console.output(out, keyText(key, isPublic ? 'public' : 'private'));
  if (options.has('check')) console.remark('EC Key valid.');
  if (options.has('noout')) return;
  console.remark('writing EC key');
  const file = wantsPublic(options) ? publicFile(key) : traditionalFile(key);
  await outputKey(console, out, file, options.get('outform'));
}

/** Without a password only: `-nocrypt`. */
export async function pkcs8(console: Console, args: readonly string[]): Promise<void> {
  const options = keyOptions('pkcs8', args, {
    in: 'value',
    out: 'value',
    inform: 'value',
    outform: 'value',
    topk8: 'flag',
    nocrypt: 'flag',
    traditional: 'flag',
  });
  if (!options.has('nocrypt')) {
    throw new Failure('pkcs8: keys under a password are not supported here; use -nocrypt');
  }
  const key = await loadKey(console, options.get('in'), { part: 'private', called: 'key' });
  const file = options.has('traditional') ? traditionalFile(key) : privateFile(key);
  await outputKey(console, options.get('out'), file, options.get('outform'));
}

/** What is no option of these commands is taken for a cipher, to encrypt the key under a password. */
function keyOptions(command: string, args: readonly string[], kinds: OptionKinds): Options {
  return readOptions(command, args, kinds, (name) => {
    throw new Failure(`${command}: Unknown cipher: ${name}\n${command}: Use -help for summary.`);
  });
}

function wantsPublic(options: Options): boolean {
  return options.has('pubout') || options.has('pubin');
}

function fileOf(key: Key, options: Options, isPublic: boolean): KeyFile {
  if (options.has('pubout') || isPublic) return publicFile(key);
  return options.has('traditional') ? traditionalFile(key) : privateFile(key);
}
